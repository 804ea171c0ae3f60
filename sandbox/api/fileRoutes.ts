import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';

import type { Handler, RequestContext } from './context';
import { findOrFail } from './context';
import { responderFor } from './response';
import { ApiError, invalid, notFound } from './errors';
import { fieldChange, logChange } from './history';
import { isObject } from './shapes';
import type { Entity, Store } from './store';
import { refTo } from './store';
import type { CustomValue } from './values';

const DAY = 24 * 60 * 60 * 1000;

interface Upload {
	readonly name: string;
	readonly type: string;
	readonly bytes: Buffer;
}

/** Reads a multipart form with a file, or a link to a file. */
async function readUpload({ body, headers }: RequestContext): Promise<Upload> {
	const bytes: unknown = body;
	if (!Buffer.isBuffer(bytes)) return readLink(isObject(body.attachment) ? body.attachment : {});
	const type = String(headers['content-type']);
	const form = await new Response(new Uint8Array(bytes), { headers: { 'content-type': type } })
		.formData()
		.catch(() => undefined);
	if (!form) throw new ApiError(400, { error: 'The form could not be read', status: 400 });
	const file = form.get('attachment[data]');
	if (file instanceof File) {
		return { name: file.name, type: file.type, bytes: Buffer.from(await file.arrayBuffer()) };
	}
	const given = ['file_url', 'content_type', 'file_name'].map((key) => [
		key,
		form.get(`attachment[${key}]`),
	]);
	return readLink(Object.fromEntries(given) as Record<string, unknown>);
}

function readLink({ file_url: url, content_type: type, file_name: name }: Record<string, unknown>) {
	if (!url) throw invalid("Data can't be blank");
	return { name: String(name ?? url), type: String(type ?? 'text/html'), bytes: Buffer.alloc(0) };
}

/** Attaches a file to a record. With `If-None-Match`, a file that exists already is refused. */
const attach =
	(route: string, holderOf: (context: RequestContext) => Entity): Handler =>
	async (context) => {
		const { store, actor, headers } = context;
		const holder = holderOf(context);
		const { name, type, bytes } = await readUpload(context);
		const isCompared = headers['if-none-match'] !== undefined;
		const digest = createHash('md5').update(bytes).digest('hex');
		const same = isCompared
			? store.first(
					'attachment',
					({ data }) =>
						data.digest === digest && data.file_name === name && data.file_size === bytes.length,
				)
			: undefined;
		if (same) throw duplicateError(store, same);
		const attachment = store.add('attachment', {
			holder: refTo(holder),
			file_name: name,
			content_type: type || 'application/octet-stream',
			file_size: bytes.length,
			original_file_size: bytes.length,
			token: digest.slice(0, 16),
			...(isCompared && { digest }),
		});
		store.files.set(attachment.id, bytes);
		const owner = store.resolve(holder.data.record) ?? holder;
		const made = fieldChange('Attachments', '', name);
		logChange(store, actor, 'create', owner, [made], { type: 'attachment', id: attachment.id });
		return responderFor(route, 'attachment')(context, attachment);
	};

const duplicateError = (store: Store, { id, data }: Entity): ApiError =>
	new ApiError(412, {
		status: 'duplicate',
		success: false,
		attachmentId: id,
		attachmentUrl: `https://${store.host}/attachments/${id}/token/${String(data.token)}?size=original`,
	});

const deleteAttachment: Handler = ({ store, actor, parameters }) => {
	const attachment = findOrFail(store, 'attachment', parameters.attachment_id);
	const holder = store.resolve(attachment.data.holder);
	store.delete(attachment);
	store.files.delete(attachment.id);
	const owner = store.resolve(holder?.data.record) ?? holder;
	if (owner) {
		const gone = fieldChange('Attachments', String(attachment.data.file_name), '');
		logChange(store, actor, 'destroy', owner, [gone], { type: 'attachment', id: attachment.id });
	}
	return undefined;
};

/** The note of a custom field value, or the record with an attachment field. */
function customHolder({ store, parameters }: RequestContext): Entity {
	const id = parameters.custom_field_value_id ?? parameters.custom_field_id;
	const note = store.find('note', id);
	if (note) return note;
	for (const kind of ['feature', 'release', 'requirement', 'epic', 'idea', 'initiative', 'page']) {
		const holder = store.first(kind, ({ data }) =>
			Object.values((data.custom as Record<string, CustomValue> | undefined) ?? {}).some(
				(value) => value.id === id || value.definition.id === id,
			),
		);
		if (holder) return holder;
	}
	throw notFound();
}

/** Serves a download link, which needs no other authentication than its token. */
export const download: Handler = ({ store, parameters, reply }) => {
	const attachment = store.find('attachment', parameters.id);
	const bytes = store.files.get(parameters.id);
	const token = parameters.file.replace(/\.download$/, '');
	if (!attachment || !bytes || attachment.data.token !== token) throw notFound();
	const { content_type: type, file_name: name } = attachment.data;
	return reply
		.header('Content-Type', String(type))
		.header(
			'Content-Disposition',
			`attachment; filename*=UTF-8''${encodeURIComponent(String(name))}`,
		)
		.send(bytes);
};

const BACKUP = { path: '/account_backups/{id}', name: 'account_backup' };
const IN_PROGRESS = { status_code: 1, status_description: 'In progress' };
const COMPLETED = { status_code: 2, status_description: 'Completed' };

/** Allows one backup in 24 hours. It is completed when it is first read. */
const createBackup: Handler = (context) => {
	const { store } = context;
	const latest = [...store.all(BACKUP.name)].at(-1);
	if (latest && Date.parse(String(latest.data.created_at)) > Date.now() - DAY) {
		throw new ApiError(429, { error: 'A backup was made in the last 24 hours', status: 429 });
	}
	const made = store.add(BACKUP.name, IN_PROGRESS);
	return responderFor('POST /account_backups', BACKUP.name)(context, made);
};

const getBackup: Handler = (context) => {
	const { store, parameters } = context;
	const backup = findOrFail(store, BACKUP.name, parameters.id);
	store.set(backup, {
		...COMPLETED,
		file_size: String(archive(store).length),
		download_url: `https://${store.host}/api/v1/account_backups/${backup.id}.tgz`,
	});
	return responderFor(`GET ${BACKUP.path}`, BACKUP.name)(context, backup);
};

const archive = (store: Store): Buffer =>
	gzipSync(JSON.stringify({ account: store.domain, features: store.count('feature') }));

const downloadBackup: Handler = ({ store, parameters, reply }) => {
	const backup = findOrFail(store, BACKUP.name, parameters.id);
	if (backup.data.status_code !== COMPLETED.status_code) throw notFound();
	return reply.header('Content-Type', 'application/gzip').send(archive(store));
};

const HOLDERS = ['comment', 'idea_comment', 'task', 'note'];

export const fileHandlers: Readonly<Record<string, Handler>> = {
	...Object.fromEntries(
		HOLDERS.map((name) => {
			const route = `POST /${name}s/{${name}_id}/attachments`;
			return [
				route,
				attach(route, ({ store, parameters }) => findOrFail(store, name, parameters[`${name}_id`])),
			];
		}),
	),
	...Object.fromEntries(
		['custom_field', 'custom_field_value'].map((name) => {
			const route = `POST /${name}s/{${name}_id}/attachments`;
			return [route, attach(route, customHolder)];
		}),
	),
	'DELETE /attachments/{attachment_id}': deleteAttachment,
	'POST /account_backups': createBackup,
	[`GET ${BACKUP.path}`]: getBackup,
	[`GET ${BACKUP.path}.tgz`]: downloadBackup,
};
