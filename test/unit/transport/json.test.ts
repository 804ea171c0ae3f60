import { isObject, parseJson } from '../../../nodes/Aha/transport/json';

describe('the JSON of an answer', () => {
	it('keeps every digit of an id that stands as a number', () => {
		const text =
			'{"audits":[{"auditable_id":6514078362261846610,"id": "6776757454428206157","ids":[9007199254740993, -9223372036854775808]}]}';
		expect(parseJson(text)).toEqual({
			audits: [
				{
					auditable_id: '6514078362261846610',
					id: '6776757454428206157',
					ids: ['9007199254740993', '-9223372036854775808'],
				},
			],
		});
	});

	it.each(['[6514078362261846610]', '6514078362261846610', '[1,\n\t-6514078362261846610 ]'])(
		'keeps every digit wherever it stands, as in %j',
		(text) => expect(JSON.stringify(parseJson(text))).toContain('6514078362261846610"'),
	);

	it('leaves other numbers and all texts as they are', () => {
		const value = {
			safe: 9007199254740991,
			fraction: 0.12345678901234567,
			large: 1e21,
			text: 'a "quoted" \\ 6514078362261846610, and: 6514078362261846610',
			escaped: '\\"',
			id: '6514078362261846610',
		};
		expect(parseJson(JSON.stringify(value))).toEqual(value);
	});

	it.each(['', '<html>6514078362261846610</html>', '{"a":'])('leaves %j, which is none', (text) => {
		expect(parseJson(text)).toBe(text);
	});

	it.each([
		'{"a":1.5678901234567890,"b":[12345678901234567890]}',
		'{"a":1e2,"b":[12345678901234567890]}',
		'{"a":1E+22,"b":[12345678901234567890]}',
		'{"a":1.5e-10,"b":[12345678901234567890]}',
		'{"a":12345678901234567e12,"b":[12345678901234567890]}',
	])('leaves fractions and powers in %s', (text) => {
		const { a, b } = parseJson(text) as { a: unknown; b: unknown };
		expect(a).toBe((JSON.parse(text) as { a: unknown }).a);
		expect(b).toEqual(['12345678901234567890']);
	});

	it.each([' 12345678901234567890', '[ 12345678901234567890]', '{"a":12345678901234567890}'])(
		'sees a long number in %s',
		(text) => expect(JSON.stringify(parseJson(text))).toContain('"12345678901234567890"'),
	);

	it('tells objects from null and lists', () => {
		expect([{}, null, [], 'a', undefined].map(isObject)).toEqual([
			true,
			false,
			false,
			false,
			false,
		]);
	});

	it('leaves what is no text', () => {
		const stream = { pipe: () => undefined };
		expect(parseJson(stream)).toBe(stream);
		expect(parseJson(undefined)).toBeUndefined();
	});

	it('reads long texts', () => {
		const value = { id: '6514078362261846610', text: '"\\'.repeat(2_000_000) };
		expect(parseJson(JSON.stringify(value))).toEqual(value);
	});
});
