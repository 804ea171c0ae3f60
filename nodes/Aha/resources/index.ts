import type { Resource } from '../schema/types';
import { account } from './account';
import { accountBackup } from './accountBackup';
import { attachment } from './attachment';
import { history } from './history';
import { capacity } from './capacity';
import { comment } from './comment';
import { competitor } from './competitor';
import { creativeBrief } from './creativeBrief';
import { customField } from './customField';
import { customTableRecord } from './customTableRecord';
import { deletedRecord } from './deletedRecord';
import { discoveryGroup } from './discoveryGroup';
import { epic } from './epic';
import { feature } from './feature';
import { goal } from './goal';
import { idea } from './idea';
import { ideaComment } from './ideaComment';
import { ideaOrganization } from './ideaOrganization';
import { ideaPortal } from './ideaPortal';
import { ideaSubscription } from './ideaSubscription';
import { ideaTheme } from './ideaTheme';
import { ideaContact } from './ideaContact';
import { ideaVote } from './ideaVote';
import { identityProvider } from './identityProvider';
import { initiative } from './initiative';
import { integration } from './integration';
import { integrationField } from './integrationField';
import { keyResult } from './keyResult';
import { knowledgeBase } from './knowledgeBase';
import { me } from './me';
import { note } from './note';
import { paidSeatGroup } from './paidSeatGroup';
import { persona } from './persona';
import { workspace } from './workspace';
import { recordLink } from './recordLink';
import { release } from './release';
import { releasePhase } from './releasePhase';
import { requirement } from './requirement';
import { rollUpRelease } from './rollUpRelease';
import { savedReport } from './savedReport';
import { schedule } from './schedule';
import { strategy } from './strategy';
import { toDo } from './toDo';
import { team } from './team';
import { timeTrackingEvent } from './timeTrackingEvent';
import { user } from './user';
import { userRole } from './userRole';
import { workflow } from './workflow';
import { workflowStatusTime } from './workflowStatusTime';

/**
 * Everything the node offers, in the order of the Resource list and of the actions in n8n's panel,
 * which has no search: first what product managers work with each day, last administration and
 * calls of the API.
 */
export const resources: readonly Resource[] = [
	feature,
	idea,
	release,
	epic,
	requirement,
	initiative,
	goal,
	keyResult,
	toDo,
	comment,
	workspace,
	note,
	attachment,
	recordLink,
	savedReport,
	ideaVote,
	ideaComment,
	ideaContact,
	ideaOrganization,
	ideaTheme,
	ideaSubscription,
	releasePhase,
	rollUpRelease,
	persona,
	competitor,
	creativeBrief,
	strategy,
	knowledgeBase,
	discoveryGroup,
	me,
	timeTrackingEvent,
	history,
	deletedRecord,
	customTableRecord,
	ideaPortal,
	workflow,
	workflowStatusTime,
	customField,
	integration,
	integrationField,
	user,
	userRole,
	team,
	schedule,
	capacity,
	paidSeatGroup,
	identityProvider,
	accountBackup,
	account,
];
