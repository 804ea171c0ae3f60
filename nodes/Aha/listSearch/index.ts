export { listSearch } from './search';
export { loadOptions } from './options';
