import { logChange } from './history';
import { seedDetails } from './seedDetails';
import { seedIdeas } from './seedIdeas';
import { seedNewer } from './seedNewer';
import { Seeder } from './seeder';
import type { Roadmap } from './seedRoadmap';
import { addFeature, seedRoadmap } from './seedRoadmap';
import { seedFields, seedPeople, seedPlanning, seedWorkflows } from './seedSettings';
import { kinds } from './kinds';
import { Store } from './store';

/** Seeded records have the same ids on every day. */
const IDS_FROM = Date.UTC(2026, 0, 5);

/** The records of a complete account. Only their dates depend on the day. */
export class SeededStore extends Store {
	private readonly seeder = new Seeder(this);
	private readonly roadmap: Roadmap;

	constructor(domain: string) {
		super(domain);
		const { seeder } = this;
		this.idsFrom = IDS_FROM;
		seedWorkflows(seeder);
		seedFields(seeder);
		const people = seedPeople(seeder, domain);
		seedPlanning(seeder);
		this.roadmap = seedRoadmap(seeder, domain, people);
		seedDetails(seeder, this.roadmap, seedIdeas(seeder, this.roadmap));
		seedNewer(seeder, this.roadmap);
		this.seedHistory();
		this.idsFrom = undefined;
	}

	/** Adds features without entries in the audit log. */
	seedFeatures(count: number): void {
		const start = this.count('feature');
		for (let index = start; index < start + count; index++) {
			addFeature(this.seeder, this.roadmap, index);
		}
	}

	/** Adds the creation of a record of each kind and of the latest features to the audit log. */
	private seedHistory(): void {
		const { features, people } = this.roadmap;
		const firsts = kinds.flatMap(({ name, primary }) =>
			primary ? this.all(name).slice(0, 1) : [],
		);
		for (const record of [...firsts, ...features.slice(-30)]) {
			const at = Date.parse(String(record.data.created_at));
			const changes = [{ field_name: 'Name', value: ` &rarr; ${String(record.data.name ?? '')}` }];
			logChange(this, people[0], 'create', record, changes, undefined, at);
		}
	}
}

export const createStore = (domain: string): SeededStore => new SeededStore(domain);
