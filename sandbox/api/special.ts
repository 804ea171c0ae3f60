import { accountHandlers } from './account';
import { auditHandlers } from './auditRoutes';
import { conversionHandlers } from './conversions';
import type { Handler } from './engine';
import { fileHandlers } from './fileRoutes';
import { ideaHandlers } from './ideaRoutes';
import { integrationHandlers } from './integrationRoutes';
import { linkHandlers } from './linkRoutes';
import { newerHandlers } from './newerRoutes';
import { optionHandlers } from './optionRoutes';
import { peopleHandlers } from './peopleRoutes';
import { planningHandlers } from './planningRoutes';
import { reportHandlers } from './reports';
import { statusTimeHandlers } from './statusTimeRoutes';

/** Endpoints that do more than read and write records, by method and path. */
export const specialHandlers: Readonly<Record<string, Handler>> = {
	...accountHandlers,
	...auditHandlers,
	...conversionHandlers,
	...fileHandlers,
	...ideaHandlers,
	...integrationHandlers,
	...linkHandlers,
	...newerHandlers,
	...optionHandlers,
	...peopleHandlers,
	...planningHandlers,
	...reportHandlers,
	...statusTimeHandlers,
};
