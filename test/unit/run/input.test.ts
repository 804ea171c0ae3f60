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

const ROUNDED = 7012345678901234567;

describe('a number of more digits than JavaScript keeps', () => {
	test.each<[string, Field, unknown]>([
		['text', text(), ROUNDED],
		['HTML', html(), ROUNDED],
		['a status', status('feature_id'), ROUNDED],
		['a person', person(), ROUNDED],
		['a record', record('feature_id'), { __rl: true, mode: 'reference', value: ROUNDED }],
		['a record of any kind', linked, ROUNDED],
		['records', records('goal_id'), ['1', ROUNDED]],
		['people', people(), [ROUNDED]],
		['a list', list(), ROUNDED],
		['a whole number', integer(), ROUNDED],
		['a number', number(), 2 ** 53],
		['an effort', estimate(), -ROUNDED],
		['JSON', json(), { a: [{ b: ROUNDED }] }],
		['the ID in a record', record('feature_id'), { id: ROUNDED, name: 'A' }],
	])('is refused for %s', (_, field, value) => {
		expect(() => parse(field, value)).toThrow(
			/^"A Field" must be given as text: \d|^"A Field" must be given as text: -\d/,
		);
	});

	test('is kept as text, also in JSON', () => {
		expect(parse(record('feature_id'), '7012345678901234567')).toBe('7012345678901234567');
		expect(parse(records('goal_id'), '[7012345678901234567]')).toEqual(['7012345678901234567']);
		expect(parse(json(), '{"id": 7012345678901234567}')).toEqual({ id: '7012345678901234567' });
		expect(parse(number(), 2 ** 53 - 1)).toBe(9007199254740991);
	});
});

describe('a list', () => {
	test.each<[unknown, unknown]>([
		['["a","b"]', ['a', 'b']],
		[' [ "a, b", 3 ] ', ['a, b', '3']],
		['[]', []],
		['a,b', ['a', 'b']],
	])('%j', (value, parsed) => {
		expect(parse(list(), value)).toEqual(parsed);
	});

	test.each(['["a', '[a]', '["a",]', '[{"a":1}]', '[["a"]]', '[null]'])(
		'%s is refused',
		(value) => {
			expect(() => parse(list(), value)).toThrow('"A Field" must be');
		},
	);

	test('of records has each checked like a single one', () => {
		const goals = records('goal_id');
		expect(parse(goals, 'https://mycompany.aha.io/strategy/goals/7012345678901234567')).toEqual([
			'7012345678901234567',
		]);
		expect(parse(goals, ['602095703,988418543'])).toEqual(['602095703', '988418543']);
		expect(() => parse(goals, ['PRJ1-G-1', 'https://other.aha.io/goals/1'])).toThrow('a link to');
		expect(() => parse(goals, 'PRJ1-E-1')).toThrow('"A Field" must be the ID');
		expect(() => parse(goals, '../users')).toThrow('"A Field" must be the ID');
	});
});

describe("Aha!'s own objects", () => {
	const user = { id: '42', name: 'Jo', email: 'jo@example.com' };
	test.each<[string, Field, unknown, unknown]>([
		['a user', person(), user, 'jo@example.com'],
		['a user without an email', person(), { id: '42', name: 'Jo' }, '42'],
		['users', people(), [user, 'a@b.c'], ['jo@example.com', 'a@b.c']],
		['a record', record('feature_id'), { id: '7', reference_num: 'PRJ1-7' }, '7'],
		['a record without an ID', record('feature_id'), { reference_num: 'PRJ1-7' }, 'PRJ1-7'],
		['records', records('goal_id'), [{ id: '1' }, { id: '2' }], ['1', '2']],
		['a status', status('feature_id'), { id: '1', name: 'Ready' }, 'Ready'],
	])('%s', (_, field, value, parsed) => {
		expect(parse(field, value)).toEqual(parsed);
	});

	test('say which key to take where none names them', () => {
		expect(() => parse(text(), user)).toThrow('take one of its keys (id, name, email)');
		expect(() => parse(person(), { name: 'Jo' })).toThrow(
			'"A Field" must be the email address of an Aha! user: take one of its keys (name)',
		);
	});
});

describe('days and moments', () => {
	const at = '2026-01-31T03:30:00Z';
	test.each<[string, unknown, string, string]>([
		['a moment in UTC', at, '2026-01-30', '2026-01-31T03:30:00.000Z'],
		['a Date', new Date(at), '2026-01-30', '2026-01-31T03:30:00.000Z'],
		['a DateTime', tryToParseDateTime(at), '2026-01-30', '2026-01-31T03:30:00.000Z'],
		['another zone', '2026-01-31T23:30:00+09:00', '2026-01-31', '2026-01-31T14:30:00.000Z'],
		['no zone', '2026-01-31T23:30:00', '2026-01-31', '2026-02-01T04:30:00.000Z'],
		['a space', '2026-01-31 23:30', '2026-01-31', '2026-02-01T04:30:00.000Z'],
		['a day', '2026-01-31', '2026-01-31', '2026-01-31T05:00:00.000Z'],
	])('%s is in the zone of the workflow', (_, value, day, moment) => {
		expect(parse(date(), value)).toBe(day);
		expect(parse(dateTime(), value)).toBe(moment);
	});

	test.each([
		'01/02/2026',
		'1.2.2026',
		'Jan 31, 2026',
		'2026-02-30',
		'2026-13-01T00:00:00Z',
		'20260131',
		'1769850000000',
		1769850000000,
		'tomorrow',
		new Date(NaN),
		true,
	])('%s is refused', (value) => {
		expect(() => parse(date(), value)).toThrow('"A Field" must be a date such as 2026-01-31');
		expect(() => parse(dateTime(), value)).toThrow('"A Field" must be a date and time such as');
	});
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
