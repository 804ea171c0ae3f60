import { me, myRecords } from './account';
import { listAudits } from './auditRoutes';
import type { Handler } from './engine';

/** Endpoints that do more than read and write records. */
export const specialHandlers: Readonly<Record<string, Handler>> = {
	'GET /audits': listAudits,
	'GET /me': me,
	'GET /me/assigned': myRecords,
};
