import { choice, date, json, number, record } from '../schema/fields';
import { crud } from '../schema/operations';
import type { Fields, Resource } from '../schema/types';
import { customFieldsJson } from './common';

const investment = crud({ noun: 'capacity investment' });
const scenario = crud({ noun: 'capacity scenario' });

const fields: Fields = {
	...customFieldsJson,
	start_date: date(),
	end_date: date(),
	date_source: choice(
		[
			['Manual', 'manual_dates'],
			['Planned Record', 'capacity_plannable'],
		],
		'Source of the dates',
	),
	estimate_source: choice(
		[['Manual', 'manual_estimate'], 'features', 'epics'],
		'Source of the estimate',
	),
};

const estimateValues: Fields = {
	estimate_values: json(
		'Effort of teams in periods, such as [{"team_id": 949295028, "period_start": "2026-01-01", "total": 5}]',
		{ default: '[]' },
	),
};

/**
 * https://www.aha.io/api/resources/capacity_investments,
 * https://www.aha.io/api/resources/capacity_scenarios,
 * https://www.aha.io/api/resources/capacity_estimate_values
 */
export const capacity: Resource = {
	name: 'Capacity',
	value: 'capacity',
	description: 'Capacity investments, estimate values and scenarios',
	aliases: ['capacity planning', 'capacity investment', 'capacity scenario', 'estimate value'],
	operations: [
		investment.create({
			name: 'Create Investment',
			value: 'createInvestment',
			description: 'Plan effort of teams for a feature, epic or initiative',
			endpoint: {
				feature: 'POST /features/{feature_id}/capacity_investments',
				epic: 'POST /epics/{epic_id}/capacity_investments',
				initiative: 'POST /initiatives/{initiative_id}/capacity_investments',
			},
			fields: {
				...fields,
				...estimateValues,
				capacity_scenario_id: record('capacity_scenario_id', undefined, { label: 'Scenario' }),
			},
		}),
		investment.get({
			name: 'Get Investment',
			value: 'getInvestment',
			description: 'Get the planned effort of a record by its ID',
			endpoint: 'GET /capacity_investments/{capacity_investment_id}',
		}),
		investment.getMany({
			name: 'Get Many Investments',
			value: 'getInvestments',
			description: 'Get the planned efforts of a workspace or a record',
			endpoint: {
				workspace: 'GET /products/{product_id}/capacity_investments',
				feature: 'GET /features/{feature_id}/capacity_investments',
				epic: 'GET /epics/{epic_id}/capacity_investments',
				initiative: 'GET /initiatives/{initiative_id}/capacity_investments',
			},
		}),
		investment.update({
			name: 'Update Investment',
			value: 'updateInvestment',
			description: 'Change dates or sources of a planned effort',
			endpoint: 'PUT /capacity_investments/{capacity_investment_id}',
			fields,
		}),
		scenario.get({
			name: 'Get Scenario',
			value: 'getScenario',
			description: 'Get a scenario by its ID',
			endpoint: 'GET /capacity_scenarios/{capacity_scenario_id}',
		}),
		scenario.getMany({
			name: 'Get Many Scenarios',
			value: 'getScenarios',
			description: 'Get the scenarios of the account',
			endpoint: 'GET /capacity_scenarios',
		}),
		{
			name: 'Get Many Estimate Values',
			value: 'getEstimateValues',
			action: 'Get many estimate values of a capacity investment',
			description: 'Get the effort of each team and period in an investment',
			endpoint: 'GET /capacity_investments/{capacity_investment_id}/estimate_values',
			returns: 'estimate_values',
			paginated: true,
		},
		{
			name: 'Create or Update Estimate Values',
			value: 'upsertEstimateValues',
			action: 'Create or update estimate values of a capacity investment',
			description: 'Set the effort of teams in periods; returns the totals that changed',
			endpoint: 'POST /capacity_investments/{capacity_investment_id}/estimate_values',
			required: estimateValues,
		},
		{
			name: 'Update Estimate Value',
			value: 'updateEstimateValue',
			action: 'Update an estimate value',
			description: 'Change one effort of a team in a period',
			endpoint: 'PUT /estimate_values/{estimate_value_id}',
			root: 'estimate_value',
			required: { total: number('Effort in the units of the scenario') },
		},
		{
			name: 'Delete Estimate Value',
			value: 'deleteEstimateValue',
			action: 'Delete an estimate value',
			description: 'Delete one effort of a team in a period',
			endpoint: 'DELETE /estimate_values/{estimate_value_id}',
		},
	],
};
