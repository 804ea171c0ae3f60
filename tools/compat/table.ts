import { hasFailed, type Outcome, type VersionResult } from './run';

function cellOf(outcome: Outcome): string {
	if (outcome.problem === undefined) return 'Yes';
	return hasFailed(outcome) ? '**Failed**' : `From ${outcome.check.since}`;
}

/** The results as a Markdown table, a column for each version. */
export function tableOf(results: readonly VersionResult[]): string {
	const rows = results[0].outcomes.map(({ check: { name } }, row) => [
		name,
		...results.map(({ outcomes }) => cellOf(outcomes[row])),
	]);
	const head = ['What works', ...results.map(({ version }) => `n8n ${version}`)];
	return [head, head.map(() => '---'), ...rows]
		.map((cells) => `| ${cells.join(' | ')} |`)
		.join('\n');
}
