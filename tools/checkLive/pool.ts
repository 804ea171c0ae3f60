import type { IDataObject } from 'n8n-workflow';

import type { PathField } from '../../nodes/Aha/schema/pathFields';
import { recordKinds } from '../../nodes/Aha/schema/records';
import { isObject } from '../../nodes/Aha/transport/json';
import type { Call } from './operationForm';

/** A record that a list of the account has, and the path at which it was found. */
interface Found {
	readonly record: IDataObject;
	readonly path: Readonly<Record<string, string>>;
}

/** What a path parameter chooses: a kind of record, or else its own name. */
export const kindOfParameter = ({ parameter, field }: PathField): string =>
	field.kind === 'record' ? field.record : parameter;

/** The records of an account that its lists have shown, for the paths of other requests. */
export class Pool {
	private readonly found = new Map<string, Found[]>();

	/** Keeps the records of a list for the parameters that choose such a record. */
	addList({ resource, operation }: Call, path: Found['path'], records: readonly IDataObject[]) {
		for (const [name, kind] of Object.entries(recordKinds)) {
			const list = 'operation' in kind ? kind.operation : undefined;
			if (kind.resource !== resource.value || (list ?? 'getAll') !== operation.value) continue;
			for (const record of records) this.add(name, { record, path });
		}
		if (resource.value === 'feature')
			for (const record of records) this.addIntegrationFields(record);
	}

	/** Keeps the integration fields of a record, which no list has. */
	private addIntegrationFields({ id, integration_fields }: IDataObject): void {
		if (!Array.isArray(integration_fields)) return;
		for (const field of integration_fields.filter(isObject)) {
			const path = { feature_id: String(id), integration_id: String(field.integration_id) };
			this.add('field_name', { record: { id: field.name }, path });
			this.add('field_value', {
				record: { id: field.value },
				path: { field_name: String(field.name) },
			});
		}
	}

	add(kind: string, found: Found): void {
		if (found.record.id === undefined || found.record.id === null) return;
		this.found.set(kind, [...(this.found.get(kind) ?? []), found]);
	}

	has(kind: string): boolean {
		return this.found.has(kind);
	}

	/**
	 * Values for the parameters of a path, of records that belong together; several, where there
	 * are several of the last one.
	 */
	paths(fields: readonly PathField[]): Array<Record<string, string>> {
		const last = fields.at(-1);
		if (!last) return [{}];
		const candidates = this.found.get(kindOfParameter(last)) ?? [];
		return candidates.flatMap((candidate) => {
			const values = fields.map((field) => [
				field.parameter,
				this.valueFor(field, last, candidate),
			]);
			return values.every(([, value]) => value !== undefined)
				? [Object.fromEntries(values) as Record<string, string>]
				: [];
		});
	}

	private valueFor(field: PathField, last: PathField, { record, path }: Found): string | undefined {
		const kind = kindOfParameter(field);
		const own = field === last ? record.id : (path[field.parameter] ?? path[kind] ?? record[kind]);
		const value = own ?? this.found.get(kind)?.[0].record.id;
		return value === undefined || value === null ? undefined : String(value);
	}
}
