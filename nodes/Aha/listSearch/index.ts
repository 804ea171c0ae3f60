export { getCustomFields } from './customFields';
export { listSearch } from './search';
export { loadOptions } from './options';
