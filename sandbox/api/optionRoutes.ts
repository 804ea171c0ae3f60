import { remove } from './changes';
import type { Handler } from './context';
import { findOrFail } from './context';
import { byId } from './ids';
import { paginate } from './lists';
import { render } from './render';
import { fullShape } from './shapes';

const colorText = (color: unknown): string => `#${Number(color).toString(16).padStart(6, '0')}`;

/** Lists the options of a field as choices of a form. */
const listChoices: Handler = ({ store, parameters, query }) => {
	const field = findOrFail(store, 'custom_field_definition', parameters.custom_field_definition_id);
	const options = [...store.referrers(field, 'custom_field_option')].sort(byId);
	const { records, pagination } = paginate(options, query);
	return {
		options: records.map(({ id, data }) => ({
			text: data.value,
			value: id,
			meta: { color: colorText(data.color) },
		})),
		pagination,
	};
};

/** Returns the option that it deletes. */
const removeChoice: Handler = ({ store, actor, parameters }) => {
	const option = findOrFail(store, 'custom_field_option', parameters.id);
	remove(store, actor, option);
	return render(store, option, fullShape('custom_field_option'));
};

const FIELD = '/custom_field_definitions/{custom_field_definition_id}';

export const optionHandlers: Readonly<Record<string, Handler>> = {
	[`GET ${FIELD}/options`]: listChoices,
	[`DELETE ${FIELD}/custom_field_options/{id}`]: removeChoice,
};
