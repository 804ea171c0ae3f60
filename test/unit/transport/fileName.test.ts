import fc from 'fast-check';

import { fileNameIn } from '../../../nodes/Aha/transport/fileName';

/** A header as Node.js gives it: each byte is a character. */
const bytes = (text: string) => Buffer.from(text).toString('latin1');

test.each([
	['attachment; filename="plan.pdf"', 'plan.pdf'],
	['attachment; filename=plan.pdf', 'plan.pdf'],
	['attachment;filename=plan one.pdf ; size=5', 'plan one.pdf'],
	['ATTACHMENT; FileName = "plan.pdf"', 'plan.pdf'],
	['inline; filename="plan.pdf"; filename="other.pdf"', 'plan.pdf'],
	['filename="plan.pdf"', 'plan.pdf'],
	['attachment; filename="a;b.txt"', 'a;b.txt'],
	['attachment; filename="say \\"hi\\".txt"', 'say "hi".txt'],
	['attachment; filename="a\\\\b.txt"', 'a\\b.txt'],
	['attachment; filename="not closed.txt', 'not closed.txt'],
	['attachment; filename="x.txt"; filename*=UTF-8\'\'%C3%BC.txt', 'ü.txt'],
	["attachment; filename*=utf-8'en'%e2%82%ac%20rates.txt", '€ rates.txt'],
	["attachment; filename*=iso-8859-1'en'%A3%20rates.txt", '£ rates.txt'],
	["attachment; filename*=UTF-8''it's.txt", "it's.txt"],
	// Broken encodings: what is beside them, or else what there is.
	['attachment; filename="x.txt"; filename*=UTF-8\'\'%C3.txt', 'x.txt'],
	['attachment; filename="x.txt"; filename*=klingon\'\'a.txt', 'x.txt'],
	['attachment; filename="x.txt"; filename*=plain.txt', 'x.txt'],
	['attachment; filename="x.txt"; filename*=', 'x.txt'],
	['attachment; filename="100%.txt"', '100%.txt'],
	['attachment; filename="a%zz.txt"', 'a%zz.txt'],
	['attachment; filename="%C3%BC.txt"', 'ü.txt'],
	["attachment; filename=UTF-8''%C3%BC.txt", 'ü.txt'],
	[bytes('attachment; filename="ü.txt"'), 'ü.txt'],
	['attachment; filename="\u00fc.txt"', 'ü.txt'],
	['attachment; filename="=?UTF-8?B?w7wudHh0?="', 'ü.txt'],
	['attachment; filename="=?utf-8?Q?=C3=BC_1.txt?="', 'ü 1.txt'],
	['attachment; filename="=?klingon?Q?a?="', '=?klingon?Q?a?='],
	['attachment; filename*0="long "; filename*1="name.txt"', 'long name.txt'],
	["attachment; filename*0*=UTF-8''%C3%BC; filename*1*=.txt", 'ü.txt'],
	['attachment; filename="__proto__"', '__proto__'],
	['attachment; filename=""', undefined],
	['attachment; filename=', undefined],
	['attachment', undefined],
	['', undefined],
	[undefined, undefined],
	[['attachment; filename="a.txt"'], 'a.txt'],
])('%p names %p', (header, name) => {
	expect(fileNameIn(header)).toBe(name);
});

test('no header makes it fail', () => {
	const part = fc.oneof(
		fc.string(),
		fc.constantFrom(
			';',
			'=',
			'"',
			'\\',
			"'",
			'%',
			'*',
			'filename',
			'filename*',
			'UTF-8',
			'=?',
			'?=',
		),
	);
	fc.assert(
		fc.property(fc.array(part), (parts) => {
			const name = fileNameIn(parts.join(''));
			expect(name === undefined || name.length > 0).toBe(true);
		}),
		{ numRuns: 5_000 },
	);
});

test.each([';', '"\\', 'filename*', '; ', "'", '=?', '%'])(
	'reads a megabyte of %p without growing slower',
	(piece) => {
		const text = piece.repeat(1_000_000 / piece.length);
		expect(() => fileNameIn(`attachment; filename="${text}`)).not.toThrow();
		expect(() => fileNameIn(text)).not.toThrow();
	},
);
