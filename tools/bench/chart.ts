import type { Report } from './report';
import type { RowResult, Series } from './results';
import { AHA, LIMIT } from './results';

const WIDTH = 860;
const MARGIN = 24;
const LABELS = 270;
const VALUES = 90;
const BAR = 14;
const LINE = 22;
const TITLE = 34;
const GAP = 18;

const BARS = WIDTH - 2 * MARGIN - LABELS - VALUES;

/** A row shows its times as bars. */
const barsOf = ({ series }: RowResult): Series[] => series.filter(({ unit }) => unit === 's');

const isShown = (row: RowResult): boolean => barsOf(row).length > 1;

const escaped = (text: string): string =>
	text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const kindOf = ({ name }: Series): string =>
	name.startsWith(AHA) ? 'aha' : name.startsWith(LIMIT) ? 'limit' : 'other';

function groupOf(row: RowResult, top: number): string {
	const bars = barsOf(row);
	const longest = Math.max(...bars.map(({ spread }) => spread.max));
	const length = (seconds: number) => (seconds / longest) * BARS;
	const left = MARGIN + LABELS;
	const lines = bars.map((one, index) => {
		const { min, median, max } = one.spread;
		const y = top + TITLE + index * LINE;
		const middle = y + BAR / 2;
		const spread =
			max > min
				? `<path class="spread" d="M${(left + length(min)).toFixed(1)} ${middle}H${(left + length(max)).toFixed(1)}"/>`
				: '';
		return [
			`<text x="${left - 10}" y="${y + 11}" text-anchor="end">${escaped(one.name)}</text>`,
			`<rect class="${kindOf(one)}" x="${left}" y="${y}" width="${Math.max(1, length(median)).toFixed(1)}" height="${BAR}" rx="2"/>`,
			spread,
			`<text x="${(left + length(max) + 8).toFixed(1)}" y="${y + 11}">${median.toFixed(median < 10 ? 2 : 1)} s</text>`,
		].join('');
	});
	const limits = row.limits === 'none' ? 'no limits' : `limits: ${row.limits}`;
	const title = `${row.work} (${limits})`;
	return `<text class="title" x="${MARGIN}" y="${top + 18}">${escaped(title)}</text>${lines.join('')}`;
}

/** Draws the times as an SVG bar chart with colors for light and dark pages. */
export function chartOf({ rows }: Report): string {
	let top = MARGIN;
	const groups = rows.filter(isShown).map((row) => {
		const group = groupOf(row, top);
		top += TITLE + barsOf(row).length * LINE + GAP;
		return group;
	});
	return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${top}" role="img" aria-label="How long n8n-nodes-aha and others take, in seconds; shorter is better">
<style>
text { font: 13px system-ui, sans-serif; fill: #59636e; }
.title { font-weight: 600; fill: #1f2328; }
.aha { fill: #0073cf; }
.other { fill: #9aa4af; }
.limit { fill: #2da44e; }
.spread { stroke: #1f2328; stroke-width: 1.5; }
@media (prefers-color-scheme: dark) {
text { fill: #9198a1; }
.title { fill: #f0f6fc; }
.aha { fill: #4da3ff; }
.other { fill: #656c76; }
.limit { fill: #3fb950; }
.spread { stroke: #f0f6fc; }
}
</style>
${groups.join('\n')}
</svg>
`;
}
