import fc from 'fast-check';

import { toHtml, toText } from '../../../nodes/Aha/run/richText';
import { jsonOf, runNode } from '../runNode';

describe('Detect', () => {
	test.each([
		'<p>Text</p>',
		'Line<br>other',
		'<ul><li>**not bold**</li></ul>',
		'<h1 class="x">Title</h1>\n\n- a\n- b',
		'Fish &amp; chips\nand more',
		'<a href="https://x.com">x</a> **b**',
	])('leaves HTML as it is: %j', (html) => {
		expect(toHtml(html, 'detect')).toBe(html);
	});

	test.each([
		['Hello', 'Hello'],
		['2 * 3 * 4 = 24', '2 * 3 * 4 = 24'],
		['#123 fails with snake_case_name', '#123 fails with snake_case_name'],
		['if a < b && c > d', '<p>if a &lt; b &amp;&amp; c &gt; d</p>'],
		['From: Jo <jo@example.com>\nHi', '<p>From: Jo &lt;jo@example.com&gt;<br>Hi</p>'],
		['List<String> names', '<p>List&lt;String&gt; names</p>'],
		['<script>alert(1)</script>', '<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>'],
		['One\r\ntwo\r\n\r\n\r\nthree', '<p>One<br>two</p><p>three</p>'],
		['- only one item', '- only one item'],
		['5 * 3\n* 2', '<p>5 * 3<br>* 2</p>'],
	])('shows plain text as it was written: %j', (text, html) => {
		expect(toHtml(text, 'detect')).toBe(html);
	});

	test.each([
		['# Steps\n\nOpen it', '<h1>Steps</h1>\n<p>Open it</p>'],
		['- a\n- b', '<ul>\n<li>a</li>\n<li>b</li>\n</ul>'],
		['It is **slow**', '<p>It is <strong>slow</strong></p>'],
		['See [docs](https://x.com/a)', '<p>See <a href="https://x.com/a">docs</a></p>'],
		['```\na < b\n```', '<pre><code>a &lt; b\n</code></pre>'],
		['**Bold** and List<String> x', '<p><strong>Bold</strong> and List&lt;String&gt; x</p>'],
		['**b** <script>x</script>', '<p><strong>b</strong> &lt;script&gt;x&lt;/script&gt;</p>'],
	])('turns Markdown into HTML: %j', (text, html) => {
		expect(toHtml(text, 'detect')).toBe(html);
	});
});

test.each([
	['html', 'a < b\n**c**', 'a < b\n**c**'],
	['plain', '<p>a</p>\n**b**', '<p>&lt;p&gt;a&lt;/p&gt;<br>**b**</p>'],
	['markdown', '*a*\nb', '<p><em>a</em><br>b</p>'],
	['markdown', 'a <b>c</b>', '<p>a <b>c</b></p>'],
] as const)('as %s, %j is sent as %j', (format, text, html) => {
	expect(toHtml(text, format)).toBe(html);
});

test('plain text has no tags but its own, whatever it is', () => {
	fc.assert(
		fc.property(fc.string({ unit: 'grapheme' }), (text) => {
			expect(toHtml(text, 'plain').replaceAll(/<\/?p>|<br>/g, '')).not.toMatch(/[<>]/);
		}),
	);
});

test.each(['<', '**', '[', '# ', '- a\n', '&', '<p ', '`', '\n \t'])(
	'a megabyte of %j is looked at',
	(part) => {
		const text = part.repeat(Math.ceil(1_000_000 / part.length));
		expect(toHtml(text, 'plain').length).toBeGreaterThan(0);
		expect(toHtml(text, 'detect').length).toBeGreaterThan(0);
	},
);

describe('the option Format', () => {
	const locator = { __rl: true, mode: 'reference', value: 'PRJ1-1' };
	const create = {
		resource: 'comment',
		operation: 'create',
		belongsTo: 'feature',
		feature_id: locator,
		body: 'a < b\n**c**',
	};
	const bodyOf = async (options: object) => {
		const { sent, items } = await runNode({ ...create, options }, () => ({
			body: { comment: { id: '1' } },
		}));
		expect(jsonOf({ items })).toHaveLength(1);
		return (sent[0].body as unknown as { comment: { body: string } }).comment.body;
	};

	test.each([
		[{}, '<p>a &lt; b<br><strong>c</strong></p>'],
		[{ format: '' }, '<p>a &lt; b<br><strong>c</strong></p>'],
		[{ format: 'html' }, create.body],
		[{ format: 'plain' }, '<p>a &lt; b<br>**c**</p>'],
	])('%j', async (options, body) => {
		expect(await bodyOf(options)).toBe(body);
	});

	test('is one of four', async () => {
		await expect(bodyOf({ format: 'rtf' })).rejects.toThrow('"Format" must be one of detect, html');
	});
});

test.each([
	['', ''],
	['Text', 'Text'],
	['<p>One</p><p>two</p>', 'One\ntwo'],
	['<p>One<br>two<br/>three</p>\n\n<p> four </p>', 'One\ntwo\nthree\nfour'],
	['<h2>Steps</h2><ul><li>a</li><li><p>b</p></li></ul>End', 'Steps\n- a\n- b\nEnd'],
	['<table><tr><th>A</th><td>1</td></tr><tr><th>B</th><td>2</td></tr></table>', 'A 1\nB 2'],
	['<pre><code>if a &lt; b\n  c</code></pre>', 'if a < b\nc'],
	['<a href="https://x.com?a=1&amp;b=2">x</a>&nbsp;<img src="y">z', 'x z'],
	[
		'&lt;b&gt; &amp;lt; &quot;&#39;&#x2019;&#8230;&apos; &copy &foo; &#9999999;',
		"<b> &lt; \"'’…' &copy &foo; &#9999999;",
	],
	['1 < 2 > 1', '1 < 2 > 1'],
])('the text of %j', (html, text) => {
	expect(toText(html)).toBe(text);
});

test('the text of plain text in HTML is that text', () => {
	const line = fc
		.string({ unit: 'grapheme-ascii' })
		.map((text) => text.replace(/\s+/g, ' ').trim());
	fc.assert(
		fc.property(fc.array(line.filter((text) => text !== '')), (lines) => {
			expect(toText(toHtml(lines.join('\n'), 'plain'))).toBe(lines.join('\n'));
		}),
	);
});

test.each(['<', '<p', '<li ', '&#', '\n ', '</p', '<!--'])('1 MB of %j ends', (part) => {
	expect(typeof toText(part.repeat(1_000_000 / part.length))).toBe('string');
});
