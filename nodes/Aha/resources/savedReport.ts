import { choice } from '../schema/fields';
import { withRequestHandler } from '../schema/operations';
import type { Resource } from '../schema/types';
import { readReport } from '../handlers/report';

/** https://www.aha.io/api/resources/custom_pivots */
export const savedReport: Resource = {
	name: 'Saved Report',
	value: 'savedReport',
	aliases: ['custom pivot', 'list report', 'pivot report'],
	operations: [
		withRequestHandler({
			name: 'Get Rows',
			value: 'getRows',
			action: 'Get the rows of a saved report',
			description:
				'Get the rows of a list or pivot report that is saved in Aha!, one item for each',
			endpoint: 'GET /bookmarks/custom_pivots/{report_id}',
			requiredQuery: { view: choice(['list', 'pivot'], 'Type of the saved report in Aha!') },
			settings: {
				output: choice(
					[
						['Simplified', 'simple'],
						['Raw', 'raw'],
					],
					'Whether a cell is its text, or all that Aha! returns of it',
				),
			},
			paginated: true,
			handler: readReport,
		}),
	],
};
