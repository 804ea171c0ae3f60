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
import { epic } from './epic';
import { feature } from './feature';
import { ideaComment } from './ideaComment';
import { ideaOrganization } from './ideaOrganization';
import { ideaPortal } from './ideaPortal';
import { ideaSubscription } from './ideaSubscription';
import { ideaUser } from './ideaUser';
import { ideaVote } from './ideaVote';
import { identityProvider } from './identityProvider';
import { initiative } from './initiative';
import { integration } from './integration';
import { integrationField } from './integrationField';
import { page } from './page';
import { paidSeatGroup } from './paidSeatGroup';
import { persona } from './persona';
import { product } from './product';
import { recordLink } from './recordLink';
import { release } from './release';
import { rollUpRelease } from './rollUpRelease';
import { savedReport } from './savedReport';
import { schedule } from './schedule';
import { strategy } from './strategy';
import { team } from './team';
import { timeTracking } from './timeTracking';
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
	epic,
	feature,
	ideaComment,
	ideaOrganization,
	ideaPortal,
	ideaSubscription,
	ideaUser,
	ideaVote,
	identityProvider,
	initiative,
	integration,
	integrationField,
	page,
	paidSeatGroup,
	persona,
	product,
	recordLink,
	release,
	rollUpRelease,
	savedReport,
	schedule,
	strategy,
	team,
	timeTracking,
	workflow,
];
