import { operationFields } from './form/operationFields';
import { resources } from './resources';

/**
 * The fields of the node's form. Building them takes a while, so the package has them as JSON: the
 * build replaces this module with one that loads it.
 */
export const properties = operationFields(resources);
