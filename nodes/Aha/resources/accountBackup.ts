import { boolean, text } from '../schema/fields';
import { crud } from '../schema/operations';
import type { Endpoint, Resource } from '../schema/types';
import { createBackup, downloadBackup } from '../handlers/backups';

const { create, get, getMany } = crud(
	'account backup',
	'account backups',
	'account_backup',
	'account_backups',
);

const toGet: Endpoint = 'GET /account_backups/{account_backup_id}';

/** https://www.aha.io/api/resources/account_backups */
export const accountBackup: Resource = {
	name: 'Account Backup',
	value: 'accountBackup',
	operations: [
		create({
			about: 'Aha! makes one backup in 24 hours',
			endpoint: 'POST /account_backups',
			settings: {
				waitForCompletion: boolean('Whether to wait until the backup can be downloaded', {
					default: true,
				}),
			},
			steps: createBackup(toGet),
		}),
		get({ endpoint: toGet }),
		getMany({ endpoint: 'GET /account_backups' }),
		{
			name: 'Download',
			value: 'download',
			action: 'Download an account backup',
			endpoint: 'GET /account_backups/{account_backup_id}.tgz',
			settings: {
				binaryPropertyName: text('Field of the output item that gets the file', {
					label: 'Put Output File in Field',
					default: 'data',
				}),
			},
			steps: downloadBackup,
		},
	],
};
