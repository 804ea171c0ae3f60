export type { Audit } from './auditLog';
export { registerApi } from './register';
export { createStore } from './seeds';
export type { SeededStore as Store } from './seeds';
