import type { Resource } from '../engine/types';
import { account } from './account';
import { accountBackup } from './accountBackup';
import { attachment } from './attachment';
import { audit } from './audit';
import { capacity } from './capacity';
import { competitor } from './competitor';
import { creativeBrief } from './creativeBrief';
import { customField } from './customField';
import { customTable } from './customTable';
import { deletion } from './deletion';
import { feature } from './feature';
import { ideaComment } from './ideaComment';
import { ideaOrganization } from './ideaOrganization';
import { ideaPortal } from './ideaPortal';
import { ideaSubscription } from './ideaSubscription';
import { ideaUser } from './ideaUser';
import { ideaVote } from './ideaVote';
import { identityProvider } from './identityProvider';
import { integration } from './integration';
import { integrationField } from './integrationField';
import { page } from './page';
import { paidSeatGroup } from './paidSeatGroup';
import { persona } from './persona';
import { recordLink } from './recordLink';
import { savedReport } from './savedReport';
import { strategy } from './strategy';
import { workflow } from './workflow';

/** Everything the node offers, in the order of the Resource list. */
export const resources: readonly Resource[] = [
	account,
	accountBackup,
	attachment,
	audit,
	capacity,
	competitor,
	creativeBrief,
	customField,
	customTable,
	deletion,
	feature,
	ideaComment,
	ideaOrganization,
	ideaPortal,
	ideaSubscription,
	ideaUser,
	ideaVote,
	identityProvider,
	integration,
	integrationField,
	page,
	paidSeatGroup,
	persona,
	recordLink,
	savedReport,
	strategy,
	workflow,
];
