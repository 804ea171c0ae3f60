import type { IDataObject, INode, INodeParameters } from 'n8n-workflow';
import { NodeHelpers } from 'n8n-workflow';

import { readSelection, selectionProperties } from '../../../nodes/Aha/triggers/properties';
import { methods } from '../../../nodes/Aha/listSearch';
import { FakeAccount, pollContext } from './fakeAccount';

const node = { typeVersion: 1, parameters: {} } as unknown as INode;

/** The parameters of a node that a person has filled in like this. */
const filledIn = (values: INodeParameters): IDataObject =>
	NodeHelpers.getNodeParameters(
		selectionProperties,
		values,
		true,
		false,
		node,
		null,
	) as IDataObject;

const selectionOf = (values: INodeParameters) =>
	readSelection(pollContext({ account: new FakeAccount(), parameters: filledIn(values) }));

describe('the selection in the form', () => {
	it('is new and updated features at first', () => {
		expect(selectionOf({})).toEqual({
			recordTypes: ['feature'],
			events: ['created', 'updated'],
			workspaces: [],
			changedBy: [],
			changedFields: [],
			newStatuses: [],
			oldStatuses: [],
			skipMinor: false,
		});
		expect(filledIn({})).toMatchObject({ filters: {}, fullRecord: false });
	});

	it('is read with its filters, without blank fields', () => {
		const filters = {
			workspaces: ['PRJ1'],
			changedBy: ['pm@example.com'],
			changedFields: ['Name', ' ', ''],
			newStatus: ['Shipped', 'In progress'],
			oldStatus: ['New'],
		};
		expect(selectionOf({ recordTypes: [], events: ['deleted'], filters })).toEqual({
			recordTypes: [],
			events: ['deleted'],
			workspaces: ['PRJ1'],
			changedBy: ['pm@example.com'],
			changedFields: ['Name'],
			newStatuses: ['Shipped', 'In progress'],
			oldStatuses: ['New'],
			skipMinor: false,
		});
	});

	it.each(['[[]]', '[]', '{}', '[{}]', '[null]', 'null', '""', '[""]', '[" "]'])(
		'is not narrowed by a filter that was added and left empty as %s',
		(json) => {
			const empty = JSON.parse(json) as IDataObject;
			const filters = Object.fromEntries(
				['changedBy', 'changedFields', 'newStatus', 'oldStatus', 'skipMinor', 'workspaces'].map(
					(name) => [name, empty],
				),
			);
			const parameters = { recordTypes: empty, events: empty, filters };
			const nothing = pollContext({ account: new FakeAccount() });
			expect(readSelection(pollContext({ account: new FakeAccount(), parameters }))).toEqual(
				readSelection(nothing),
			);
			const broken = pollContext({ account: new FakeAccount(), parameters: { filters: empty } });
			expect(readSelection(broken)).toEqual(readSelection(nothing));
		},
	);

	it('is read from a text that an expression gave', () => {
		const filters = {
			changedBy: 'a@example.com, b@example.com',
			workspaces: 'PRJ1',
			changedFields: ' Name ',
			newStatus: 'Shipped, Done',
			oldStatus: 'New',
		};
		const parameters = { recordTypes: 'feature,epic', events: ['created'], filters };
		expect(readSelection(pollContext({ account: new FakeAccount(), parameters }))).toEqual({
			recordTypes: ['feature', 'epic'],
			events: ['created'],
			workspaces: ['PRJ1'],
			changedBy: ['a@example.com', 'b@example.com'],
			changedFields: ['Name'],
			newStatuses: ['Shipped', 'Done'],
			oldStatuses: ['New'],
			skipMinor: false,
		});
	});

	it('selects everything if there is nothing in it', () => {
		expect(readSelection(pollContext({ account: new FakeAccount() }))).toEqual({
			recordTypes: [],
			events: [],
			workspaces: [],
			changedBy: [],
			changedFields: [],
			newStatuses: [],
			oldStatuses: [],
			skipMinor: false,
		});
	});

	it('offers every event and type once, by name', () => {
		const valuesOf = (name: string) => {
			const { options = [] } = selectionProperties.find((one) => one.name === name) ?? {};
			return (options as Array<{ value: string }>).map(({ value }) => value);
		};
		expect(valuesOf('events')).toEqual([
			'assigned',
			'commentAdded',
			'created',
			'deleted',
			'shipped',
			'statusChanged',
			'updated',
			'voteAdded',
		]);
		expect(valuesOf('recordTypes')).toEqual([
			'comment',
			'competitor',
			'epic',
			'feature',
			'goal',
			'idea',
			'ideaVote',
			'initiative',
			'keyResult',
			'note',
			'release',
			'releasePhase',
			'requirement',
			'toDo',
			'workspace',
		]);
	});

	it('lists people, statuses and workspaces from lists that there are', () => {
		const filters = selectionProperties.find(({ name }) => name === 'filters');
		const lists = (filters?.options as Array<{ name: string; typeOptions?: IDataObject }>)
			.filter(({ typeOptions }) => typeOptions?.loadOptionsMethod !== undefined)
			.map(({ typeOptions }) => String(typeOptions?.loadOptionsMethod));
		expect(lists).toEqual(['person', 'triggerStatus', 'triggerStatus', 'workspace']);
		for (const list of lists) expect(methods.loadOptions).toHaveProperty(list);
	});

	it('has its filters in the order of their names, and takes several fields', () => {
		const { options = [] } = selectionProperties.find(({ name }) => name === 'filters') ?? {};
		expect(options.map(({ name }) => name)).toEqual([
			'changedBy',
			'changedFields',
			'newStatus',
			'oldStatus',
			'skipMinor',
			'workspaces',
		]);
		expect(options[1]).toMatchObject({ typeOptions: { multipleValues: true } });
	});
});
