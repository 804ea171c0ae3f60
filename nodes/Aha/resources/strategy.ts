import type { Resource } from '../schema/types';

/**
 * https://www.aha.io/api/resources/strategic_models,
 * https://www.aha.io/api/resources/strategic_positionings,
 * https://www.aha.io/api/resources/strategic_visions
 */
export const strategy: Resource = {
	name: 'Strategy',
	value: 'strategy',
	description: 'Strategic models, positionings and visions',
	aliases: ['strategic model', 'strategic positioning', 'strategic vision', 'business model'],
	operations: [
		{
			name: 'Get Model',
			value: 'getModel',
			action: 'Get a strategic model',
			description: 'Get a strategic model, such as a business model canvas, by its ID',
			endpoint: 'GET /strategy_models/{strategy_model_id}',
			returns: 'strategy_model',
		},
		{
			name: 'Get Many Models',
			value: 'getModels',
			action: 'Get many strategic models',
			description: 'Get many strategic models of the account',
			endpoint: 'GET /strategy_models',
			returns: 'strategy_models',
			paginated: true,
		},
		{
			name: 'Get Positioning',
			value: 'getPositioning',
			action: 'Get a strategic positioning',
			description: 'Get a strategic positioning by its ID',
			endpoint: 'GET /strategy_positions/{strategy_position_id}',
			returns: 'strategy_positioning',
		},
		{
			name: 'Get Many Positionings',
			value: 'getPositionings',
			action: 'Get many strategic positionings',
			description: 'Get many strategic positionings of the account',
			endpoint: 'GET /strategy_positions',
			returns: 'strategy_positions',
			paginated: true,
		},
		{
			name: 'Get Vision',
			value: 'getVision',
			action: 'Get a strategic vision',
			description: 'Get a strategic vision by its ID',
			endpoint: 'GET /strategy_visions/{strategy_vision_id}',
			returns: 'strategy_vision',
		},
		{
			name: 'Get Many Visions',
			value: 'getVisions',
			action: 'Get many strategic visions',
			description: 'Get many strategic visions of the account',
			endpoint: 'GET /strategy_visions',
			returns: 'strategy_visions',
			paginated: true,
		},
	],
};
