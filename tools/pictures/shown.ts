/** The recipe of the film. */
export const SHIPPED_RECIPE = 'Shipped feature tells everyone';

/** The operation in the picture of the editor. */
export const SHOWN_OPERATION = { resource: 'feature', operation: 'getAll' };
