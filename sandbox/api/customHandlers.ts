import { accountHandlers } from './accountRoutes';
import { auditHandlers } from './auditRoutes';
import { conversionHandlers } from './conversionRoutes';
import type { Handler } from './context';
import { fileHandlers } from './fileRoutes';
import { ideaHandlers } from './ideaRoutes';
import { integrationHandlers } from './integrationRoutes';
import { linkHandlers } from './linkRoutes';
import { newerHandlers } from './newerRoutes';
import { optionHandlers } from './optionRoutes';
import { peopleHandlers } from './peopleRoutes';
import { planningHandlers } from './planningRoutes';
import { reportHandlers } from './reportRoutes';
import { statusTimeHandlers } from './statusTimeRoutes';
import { workflowHandlers } from './workflowRoutes';

/** Handlers of endpoints that are not plain CRUD, by method and path. */
export const customHandlers: Readonly<Record<string, Handler>> = {
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
	...workflowHandlers,
};
