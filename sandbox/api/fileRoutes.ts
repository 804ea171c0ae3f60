import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';

import type { Handler, Visit } from './engine';
import { answerOf, the } from './engine';
import { Failure, invalid, notFound } from './failures';
import { change, record } from './history';
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

/** Reads a form with a file, or a link to one. */
async function uploadIn({ body, headers }: Visit): Promise<Upload> {
	const bytes: unknown = body;
	if (!Buffer.isBuffer(bytes)) return linkIn(isObject(body.attachment) ? body.attachment : {});
	const type = String(headers['content-type']);
	const form = await new Response(new Uint8Array(bytes), { headers: { 'content-type': type } })
		.formData()
		.catch(() => undefined);
	if (!form) throw new Failure(400, { error: 'The form could not be read', status: 400 });
	const file = form.get('attachment[data]');
	if (file instanceof File) {
		return { name: file.name, type: file.type, bytes: Buffer.from(await file.arrayBuffer()) };
	}
	const given = ['file_url', 'content_type', 'file_name'].map((key) => [
		key,
		form.get(`attachment[${key}]`),
	]);
	return linkIn(Object.fromEntries(given) as Record<string, unknown>);
}

function linkIn({ file_url: url, content_type: type, file_name: name }: Record<string, unknown>) {
	if (!url) throw invalid("Data can't be blank");
	return { name: String(name ?? url), type: String(type ?? 'text/html'), bytes: Buffer.alloc(0) };
}

/** Takes a file for a record; one that is there already is refused where the sender wants that. */
const attach =
	(route: string, holderOf: (visit: Visit) => Entity): Handler =>
	async (visit) => {
		const { store, by, headers } = visit;
		const holder = holderOf(visit);
		const { name, type, bytes } = await uploadIn(visit);
		const isCompared = headers['if-none-match'] !== undefined;
		const digest = createHash('md5').update(bytes).digest('hex');
		const same = isCompared
			? store.first(
					'attachment',
					({ data }) =>
						data.digest === digest && data.file_name === name && data.file_size === bytes.length,
				)
			: undefined;
		if (same) throw duplicate(store, same);
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
		const owner = store.at(holder.data.record) ?? holder;
		const made = change('Attachments', '', name);
		record(store, by, 'create', owner, [made], { type: 'attachment', id: attachment.id });
		return answerOf(route, 'attachment')(visit, attachment);
	};

const duplicate = (store: Store, { id, data }: Entity): Failure =>
	new Failure(412, {
		status: 'duplicate',
		success: false,
		attachmentId: id,
		attachmentUrl: `https://${store.host}/attachments/${id}/token/${String(data.token)}?size=original`,
	});

const detach: Handler = ({ store, by, parameters }) => {
	const attachment = the(store, 'attachment', parameters.attachment_id);
	const holder = store.at(attachment.data.holder);
	store.take(attachment);
	store.files.delete(attachment.id);
	const owner = store.at(holder?.data.record) ?? holder;
	if (owner) {
		const gone = change('Attachments', String(attachment.data.file_name), '');
		record(store, by, 'destroy', owner, [gone], { type: 'attachment', id: attachment.id });
	}
	return undefined;
};

/** The note behind a custom field's value, or the record of a field of files. */
function customHolder({ store, parameters }: Visit): Entity {
	const id = parameters.custom_field_value_id ?? parameters.custom_field_id;
	const note = store.find('note', id);
	if (note) return note;
	for (const kind of ['feature', 'release', 'requirement', 'epic', 'idea', 'initiative', 'page']) {
		const held = store.first(kind, ({ data }) =>
			Object.values((data.custom as Record<string, CustomValue> | undefined) ?? {}).some(
				(value) => value.id === id || value.definition.id === id,
			),
		);
		if (held) return held;
	}
	throw notFound();
}

/** Serves the bytes behind a download link; its token is all that it asks for. */
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
const WAITING = { status_code: 1, status_description: 'In progress' };
const DONE = { status_code: 2, status_description: 'Completed' };

/** One in 24 hours; it is ready when it is looked at for the first time. */
const createBackup: Handler = (visit) => {
	const { store } = visit;
	const latest = [...store.all(BACKUP.name)].at(-1);
	if (latest && Date.parse(String(latest.data.created_at)) > Date.now() - DAY) {
		throw new Failure(429, { error: 'A backup was made in the last 24 hours', status: 429 });
	}
	const made = store.add(BACKUP.name, WAITING);
	return answerOf('POST /account_backups', BACKUP.name)(visit, made);
};

const getBackup: Handler = (visit) => {
	const { store, parameters } = visit;
	const backup = the(store, BACKUP.name, parameters.id);
	store.set(backup, {
		...DONE,
		file_size: String(archive(store).length),
		download_url: `https://${store.host}/api/v1/account_backups/${backup.id}.tgz`,
	});
	return answerOf(`GET ${BACKUP.path}`, BACKUP.name)(visit, backup);
};

const archive = (store: Store): Buffer =>
	gzipSync(JSON.stringify({ account: store.domain, features: store.count('feature') }));

const downloadBackup: Handler = ({ store, parameters, reply }) => {
	const backup = the(store, BACKUP.name, parameters.id);
	if (backup.data.status_code !== DONE.status_code) throw notFound();
	return reply.header('Content-Type', 'application/gzip').send(archive(store));
};

const HOLDERS = ['comment', 'idea_comment', 'task', 'note'];

export const fileHandlers: Readonly<Record<string, Handler>> = {
	...Object.fromEntries(
		HOLDERS.map((name) => {
			const route = `POST /${name}s/{${name}_id}/attachments`;
			return [
				route,
				attach(route, ({ store, parameters }) => the(store, name, parameters[`${name}_id`])),
			];
		}),
	),
	...Object.fromEntries(
		['custom_field', 'custom_field_value'].map((name) => {
			const route = `POST /${name}s/{${name}_id}/attachments`;
			return [route, attach(route, customHolder)];
		}),
	),
	'DELETE /attachments/{attachment_id}': detach,
	'POST /account_backups': createBackup,
	[`GET ${BACKUP.path}`]: getBackup,
	[`GET ${BACKUP.path}.tgz`]: downloadBackup,
};
