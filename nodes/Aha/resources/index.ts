import type { Resource } from '../engine/types';
import { account } from './account';
import { accountBackup } from './accountBackup';
import { attachment } from './attachment';
import { audit } from './audit';
import { competitor } from './competitor';
import { creativeBrief } from './creativeBrief';
import { customField } from './customField';
import { feature } from './feature';
import { ideaComment } from './ideaComment';
import { ideaOrganization } from './ideaOrganization';
import { ideaPortal } from './ideaPortal';
import { ideaSubscription } from './ideaSubscription';
import { ideaUser } from './ideaUser';
import { ideaVote } from './ideaVote';
import { integrationField } from './integrationField';
import { page } from './page';
import { persona } from './persona';
import { recordLink } from './recordLink';
import { savedReport } from './savedReport';
import { strategy } from './strategy';

/** Everything the node offers, in the order of the Resource list. */
export const resources: readonly Resource[] = [
	account,
	accountBackup,
	attachment,
	audit,
	competitor,
	creativeBrief,
	customField,
	feature,
	ideaComment,
	ideaOrganization,
	ideaPortal,
	ideaSubscription,
	ideaUser,
	ideaVote,
	integrationField,
	page,
	persona,
	recordLink,
	savedReport,
	strategy,
];
