import type { Resource } from '../engine/types';
import { account } from './account';
import { accountBackup } from './accountBackup';
import { attachment } from './attachment';
import { audit } from './audit';
import { customField } from './customField';
import { feature } from './feature';
import { integrationField } from './integrationField';
import { savedReport } from './savedReport';

/** Everything the node offers, in the order of the Resource list. */
export const resources: readonly Resource[] = [
	account,
	accountBackup,
	attachment,
	audit,
	customField,
	feature,
	integrationField,
	savedReport,
];
