import { tryToParseDateTime } from 'n8n-workflow';

import { isEmpty, locatorValue, parseInput } from '../../../nodes/Aha/run/input';
import {
	boolean,
	choice,
	color,
	date,
	dateTime,
	estimate,
	html,
	integer,
	json,
	linkedRecord,
	list,
	number,
	people,
	person,
	record,
	records,
	status,
	text,
	withLabel,
	workflowType,
} from '../../../nodes/Aha/schema/fields';
import type { Field } from '../../../nodes/Aha/schema/types';

const scope = { timezone: 'America/New_York', host: 'mycompany.aha.io' };

const parse = (field: Field, value: unknown) =>
	parseInput(value, withLabel('a_field', field), scope);

const linked = linkedRecord('record_type', { idea: 'idea_id' });
const size = choice(['small', ['Very Large', 3], ['Yes', true]]);

test.each<[string, Field, unknown, unknown]>([
	['text', text(), 'a', 'a'],
	['a number for text', text(), 7, '7'],
	['a switch for text', text(), false, 'false'],
	['HTML', html(), '<p>a</p>', '<p>a</p>'],
	['a status', status('feature_id'), 'In progress', 'In progress'],
	['a number', number(), 1.5, 1.5],
	['a number as text', number(), ' 1.5 ', 1.5],
	['zero', number(), 0, 0],
	['a whole number', integer(), 7, 7],
	['a whole number as text', integer(), '7', 7],
	['yes', boolean(), true, true],
	['no', boolean(), false, false],
	['yes as text', boolean(), ' TRUE ', true],
	['no as text', boolean(), 'False', false],
	['a day', date(), '2026-01-31', '2026-01-31'],
	['a day with spaces', date(), ' 2026-01-31 ', '2026-01-31'],
	['the day of a moment', date(), '2026-01-31T23:30:00-05:00', '2026-01-31'],
	['the day before a space', date(), '2026-01-31 23:30', '2026-01-31'],
	['the last day of February', date(), '2028-02-29', '2028-02-29'],
	['the day of a Date', date(), new Date('2026-01-31T12:00:00Z'), '2026-01-31'],
	['the day of a DateTime', date(), tryToParseDateTime('2026-01-31T12:00:00Z'), '2026-01-31'],
	['a moment', dateTime(), '2026-01-31T09:00:00Z', '2026-01-31T09:00:00.000Z'],
	[
		"a moment of the workflow's zone",
		dateTime(),
		'2026-01-31T09:00:00',
		'2026-01-31T14:00:00.000Z',
	],
	['a moment as a Date', dateTime(), new Date('2026-01-31T09:00:00Z'), '2026-01-31T09:00:00.000Z'],
	['a choice', size, 'small', 'small'],
	['a choice as text', size, '3', 3],
	['a choice that is a switch', size, true, true],
	['a color', color(), ' #0073CF ', '#0073cf'],
	['a color as a number', color(), 255, '#0000ff'],
	['a number for a color', color(undefined, { asNumber: true }), '#0000FF', 255],
	['a list as text', list(), 'a, b ,,c', ['a', 'b', 'c']],
	['a list as an array', list(), ['a', 2], ['a', '2']],
	['one value of a list', list(), 7, ['7']],
	['a list with commas', list(undefined, { commaSeparated: true }), ['a', 'b'], 'a,b'],
	['people in objects', people(undefined, { wrapEachIn: 'email' }), 'a@b.c', [{ email: 'a@b.c' }]],
	['records', records('goal_id'), ['1', '2'], ['1', '2']],
	['JSON as text', json(), '{"a": [1]}', { a: [1] }],
	['JSON as an object', json(), { a: 1 }, { a: 1 }],
	['a person by email address', person(), ' jo@example.com ', 'jo@example.com'],
	['a person by ID', person(), '123', '123'],
	['a person from a list', person(), { __rl: true, mode: 'list', value: 'a@b.c' }, 'a@b.c'],
	['an effort with units', estimate(), ' 2d 1h ', '2d 1h'],
	['an effort in points', estimate(), '4p', '4p'],
	['an effort with a fraction', estimate(), '1.5d', '1.5d'],
	['an effort as a number', estimate(), 90, 90],
	['an effort as a number in text', estimate(), '12.5', 12.5],
	['a status from a list', status('idea_id'), { __rl: true, mode: 'list', value: 'New' }, 'New'],
	['a type by name', workflowType('feature_id'), { __rl: true, mode: 'name', value: 'Bug' }, 'Bug'],
	[
		'a record of any kind',
		linked,
		{ __rl: true, mode: 'reference', value: 'PRJ1-S-7' },
		'PRJ1-S-7',
	],
	[
		'the address of a record of any kind',
		linked,
		{ __rl: true, mode: 'url', value: `https://mycompany.aha.io/ideas/ideas/PRJ1-I-5` },
		'PRJ1-I-5',
	],
	['a record', record('feature_id'), { __rl: true, mode: 'id', value: 'PRJ1-7' }, 'PRJ1-7'],
])('%s', (_, field, value, parsed) => {
	expect(parse(field, value)).toEqual(parsed);
});

test.each<[string, Field, unknown, string]>([
	['an object for text', text(), { a: 1 }, 'text: take one of its keys (a), not "{"a":1}"'],
	['an array for text', html(), ['a'], 'text, not "["a"]"'],
	['an array for a status', status('feature_id'), ['a'], 'text, not'],
	['words for a number', number(), 'three', 'a number, not "three"'],
	['spaces for a number', number(), ' ', 'a number, not " "'],
	['no number', number(), NaN, 'a number'],
	['infinity', number(), '1e999', 'a number'],
	['an array for a number', number(), [1], 'a number, not "[1]"'],
	['words for an effort', estimate(), 'three', 'an effort such as 2d 1h or 4p, or a number, not'],
	['a unit without a number', estimate(), 'd', 'an effort'],
	['an array for an effort', estimate(), [3], 'an effort'],
	['infinity for an effort', estimate(), '1e999', 'a number'],
	['an address of another account', linked, 'https://other.aha.io/features/PRJ1-1', 'a link to'],
	['half a whole number', integer(), 0.5, 'a whole number, not "0.5"'],
	['words for a whole number', integer(), 'x', 'a number, not "x"'],
	['maybe', boolean(), 'maybe', 'true or false, not "maybe"'],
	[
		'a day that does not exist',
		date(),
		'2026-02-30',
		'a date such as 2026-01-31, not "2026-02-30"',
	],
	['a month that does not exist', date(), '2026-13-01', 'a date'],
	['text after a day', date(), '2026-01-31x', 'a date'],
	['text before a day', date(), 'x2026-01-31', 'a date'],
	['another order', date(), '01/31/2026', 'a date'],
	['words for a moment', dateTime(), 'soon', 'a date and time such as 2026-01-31T09:00:00Z'],
	['an unknown choice', size, 'huge', 'one of small, 3, true, not "huge"'],
	['words for a color', color(), 'blue', 'a color such as #0073cf, not "blue"'],
	['a short color', color(), '#00f', 'a color'],
	['a long color', color(), '#0073cf00', 'a color'],
	['a color without #', color(), '0073cf', 'a color'],
	['objects in a list', list(), [{ name: 'a' }], 'text: take one of its keys (name)'],
	['broken JSON', json(), '{"a": ', 'valid JSON, not "{"a": "'],
	['a name for a person', person(), 'Jo', 'the email address of an Aha! user, not "Jo"'],
	['two words for a person', person(), 'a b@c.d', 'the email address'],
	['an ID with letters for a person', person(), '12a', 'the email address'],
	['an address without a name', person(), '@c.d', 'the email address'],
	['a path for a record', record('feature_id'), '../users', 'the ID or reference'],
])('%s is rejected', (_, field, value, message) => {
	expect(() => parse(field, value)).toThrow(`"A Field" must be ${message}`);
});

test('a message shows 60 characters of a value', () => {
	const shown = (length: number) => {
		try {
			parse(number(), 'x'.repeat(length));
		} catch (error) {
			return (error as Error).message;
		}
		return '';
	};
	expect(shown(60)).toBe(`"A Field" must be a number, not "${'x'.repeat(60)}"`);
	expect(shown(61)).toBe(`"A Field" must be a number, not "${'x'.repeat(60)}…"`);
});

test.each([
	[undefined, true],
	[null, true],
	['', true],
	[{ __rl: true, mode: 'id', value: '' }, true],
	[{ __rl: true, mode: 'id', value: null }, true],
	[0, false],
	[false, false],
	[' ', false],
	[[], false],
	[{ __rl: true, mode: 'id', value: '7' }, false],
])('%j is empty: %s', (value, empty) => {
	expect(isEmpty(value)).toBe(empty);
});

test('only a resource locator has a value of its own', () => {
	expect(locatorValue({ __rl: true, mode: 'id', value: '7' })).toBe('7');
	expect(locatorValue({ value: '7' })).toEqual({ value: '7' });
	expect(locatorValue(7)).toBe(7);
});
