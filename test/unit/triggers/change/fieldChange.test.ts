import { parseFieldChange } from '../../../../nodes/Aha/triggers/change/fieldChange';

describe('a field before and after', () => {
	it.each([
		['a &rarr; b', 'a', 'b'],
		['a → b', 'a', 'b'],
		['&rarr; b', null, 'b'],
		['a &rarr; ', 'a', null],
		['R&amp;D &rarr; &lt;none&gt; &amp;amp;', 'R&D', '<none> &amp;'],
		['<p>whole text</p>', null, '<p>whole text</p>'],
		['Ann&#x27;s &mdash; &#8217;', null, "Ann's — ’"],
		['&#x27;a&#39; &rarr; b &hellip; &eacute;&nbsp;x', "'a'", 'b … é x'],
		['a → b &rarr; c', 'a', 'b → c'],
		['&unknown; &#x110000; &#99999999;', null, '&unknown; &#x110000; &#99999999;'],
		['<p>Ann&#x27;s</p>', null, '<p>Ann&#x27;s</p>'],
		['5 < 6 &amp; 7', null, '5 < 6 & 7'],
		[
			'<p><span style="x">a</span><span class="deleted">b<span>c</span></span>d</p>',
			'<p><span style="x">a</span>b<span>c</span>d</p>',
			'<p><span style="x">a</span>d</p>',
		],
		['<span class="inserted">a', null, 'a'],
		['</span><span class="deleted">a</span>', '</span>a', '</span>'],
		['x<span class="inserted">y</span>', 'x', 'xy'],
		['<span class="deleted">y</span>', 'y', null],
		[5, null, 5],
		[null, null, null],
	])('reads %j', (value, from, to) => {
		expect(parseFieldChange({ field_name: 'Field', value })).toEqual({ field: 'Field', from, to });
	});
});
