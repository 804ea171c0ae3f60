import { boolean, text } from '../schema/fields';
import { fillEndpoint } from '../schema/endpoints';
import { crud, withRequestHandler } from '../schema/operations';
import type { Resource } from '../schema/types';
import { createBackup, downloadBackup } from '../handlers/backups';

const { create, get, getMany } = crud({ noun: 'account backup' });

const stateEndpoint = 'GET /account_backups/{account_backup_id}';

/** https://www.aha.io/api/resources/account_backups */
export const accountBackup: Resource = {
	name: 'Account Backup',
	value: 'accountBackup',
	operations: [
		withRequestHandler({
			...create({ endpoint: 'POST /account_backups' }),
			description: 'Aha! allows one backup every 24 hours',
			settings: {
				waitForCompletion: boolean('Whether to wait until the backup can be downloaded', {
					default: true,
				}),
			},
			handler: createBackup((id) => fillEndpoint(stateEndpoint, { account_backup_id: id })),
		}),
		get({ endpoint: stateEndpoint }),
		getMany({ endpoint: 'GET /account_backups' }),
		withRequestHandler({
			name: 'Download',
			value: 'download',
			action: 'Download an account backup',
			endpoint: 'GET /account_backups/{account_backup_id}.tgz',
			settings: {
				binaryPropertyName: text('The name of the output field to put the binary file data in', {
					label: 'Put Output File in Field',
					default: 'data',
				}),
			},
			handler: downloadBackup,
		}),
	],
};
