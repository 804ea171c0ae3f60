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
			...create({
				description: 'Start a backup of the account; Aha! allows one every 24 hours',
				endpoint: 'POST /account_backups',
			}),
			settings: {
				waitForCompletion: boolean('Whether to wait until the backup can be downloaded', {
					default: true,
				}),
			},
			handler: createBackup((id) => fillEndpoint(stateEndpoint, { account_backup_id: id })),
		}),
		get({ endpoint: stateEndpoint }),
		getMany({
			description: 'Get the backups of the account with their state',
			endpoint: 'GET /account_backups',
		}),
		withRequestHandler({
			name: 'Download',
			value: 'download',
			action: 'Download an account backup',
			description: 'Download a backup as a .tgz file into a field of the item',
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
