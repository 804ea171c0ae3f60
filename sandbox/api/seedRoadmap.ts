import { setCustom } from './changes';
import type { Seeder } from './seeder';
import { seedOwnWorkflow } from './seedSettings';
import type { Entity } from './store';
import { refTo } from './store';

const RELEASES = 40;
const FEATURES = 1000;

const WORKSPACES: Readonly<Record<string, ReadonlyArray<readonly [string, string]>>> = {
	mycompany: [
		['PRJ1', 'Fredwin Cycling'],
		['PRJ2', 'Fredwin Connect'],
		['PRJe', 'Fredwin Platform'],
	],
	othercompany: [
		['PRJ1', 'Ocean Freight'],
		['OPS', 'Port Operations'],
		['LAB', 'Harbor Lab'],
	],
};

export interface Roadmap {
	readonly people: readonly Entity[];
	readonly products: readonly Entity[];
	readonly releases: readonly Entity[];
	readonly goals: readonly Entity[];
	readonly initiatives: readonly Entity[];
	readonly epics: readonly Entity[];
	readonly features: readonly Entity[];
}

/** Cycles through a list. */
export const pick = <T>(list: readonly T[], index: number): T => list[index % list.length];

export const range = (count: number): number[] =>
	Array.from({ length: count }, (_, index) => index);

const TAGS = ['Engineering', 'Infrastructure', 'Design', 'Customer request', 'Security', 'Mobile'];
const VERBS = ['Add', 'Improve', 'Redesign', 'Automate', 'Simplify', 'Speed up', 'Replace'];
const THINGS = [
	'route planner',
	'team dashboard',
	'weekly summary',
	'push notifications',
	'sign-in page',
	'activity feed',
	'export to CSV',
	'offline maps',
	'billing history',
	'user permissions',
	'search results',
	'onboarding tour',
	'race leaderboard',
];

export const titleAt = (index: number): string =>
	`${pick(VERBS, index)} ${pick(THINGS, Math.floor(index / VERBS.length) + index)}`;

export function seedRoadmap(seeder: Seeder, domain: string, people: readonly Entity[]): Roadmap {
	const products = (WORKSPACES[domain] ?? WORKSPACES.mycompany).map(([prefix, name]) =>
		seeder.addSample(
			'product',
			{
				reference_prefix: prefix,
				name,
				has_layouts: true,
				has_ideas: true,
				has_epics: true,
				has_master_features: true,
			},
			500,
		),
	);
	seedOwnWorkflow(seeder, products[2]);
	for (const [index, person] of people.entries()) {
		const roles = products
			.filter((_, at) => index < 4 || at === index % products.length)
			.map((product) => ({ product: refTo(product), role: index === 0 ? 20 : 30 }));
		seeder.store.set(person, { roles });
	}
	const rollUps = products.map((product, index) =>
		seeder.addSample('roll_up_release', {
			name: `Spring launch ${index + 1}`,
			project: refTo(product),
			start_date: seeder.day(-60),
			release_date: seeder.day(60),
		}),
	);
	// Both letters occur.
	seeder.store.set(rollUps[1], {
		reference_num: `${String(products[1].data.reference_prefix)}-R-101`,
	});
	const basics = { people, products, rollUps };
	const goals = seedGoals(seeder, basics);
	const initiatives = seedInitiatives(seeder, basics, goals);
	const releases = seedReleases(seeder, basics, goals, initiatives);
	const epics = seedEpics(seeder, { people, releases, goals, initiatives });
	const parts = { people, products, releases, goals, initiatives, epics };
	const features = range(FEATURES).map((index) => addFeature(seeder, parts, index));
	seedRequirements(seeder, people, features);
	return { ...parts, features };
}

interface Basics {
	readonly people: readonly Entity[];
	readonly products: readonly Entity[];
	readonly rollUps: readonly Entity[];
}

function seedGoals(seeder: Seeder, { people, products }: Basics): Entity[] {
	const goals: Entity[] = [];
	for (const index of range(9)) {
		goals.push(
			seeder.addSample('goal', {
				name: `Grow ${pick(THINGS, index)} use by ${10 * (index + 1)}%`,
				project: refTo(pick(products, index)),
				workflow_status: seeder.status('goal', index),
				success_metric_name: 'Weekly users',
				// The second goal of a workspace is a child of the first.
				parent: index >= 3 && index < 6 ? refTo(goals[index - 3]) : null,
			}),
		);
	}
	for (const goal of goals) {
		const owner = goal.data.project;
		for (const number of [1, 2]) {
			seeder.addSample('key_result', {
				name: `Key result ${number}`,
				goal: refTo(goal),
				project: owner,
				assigned_to_user: refTo(pick(people, number)),
				workflow_status: seeder.status('key_result', number),
			});
		}
	}
	return goals;
}

function seedInitiatives(seeder: Seeder, { people, products }: Basics, goals: Entity[]): Entity[] {
	return range(12).map((index) =>
		seeder.addSample('initiative', {
			name: `${pick(VERBS, index)} everything about the ${pick(THINGS, index)}`,
			project: refTo(pick(products, index)),
			goals: [refTo(pick(goals, index))],
			key_results: [...seeder.store.referrers(pick(goals, index), 'key_result')].map(refTo),
			assigned_to_user: refTo(pick(people, index)),
			created_by_user: refTo(people[0]),
			workflow_status: seeder.status('initiative', index),
			start_date: seeder.day(-90),
			end_date: seeder.day(90),
		}),
	);
}

function seedReleases(
	seeder: Seeder,
	{ people, products, rollUps }: Basics,
	goals: Entity[],
	initiatives: Entity[],
): Entity[] {
	const releases = range(RELEASES).map((index) => {
		const number = Math.floor(index / products.length);
		const weeks = (number - 6) * 3;
		const isShipped = weeks < -6;
		// The last release of each workspace is its parking lot.
		const isParkingLot = index >= RELEASES - products.length;
		const own = <T extends Entity>(list: readonly T[]) => refTo(pick(list, index));
		return seeder.addSample(
			'release',
			{
				name: isParkingLot ? 'Parking lot' : `Release ${number + 1}.0`,
				project: own(products),
				owner: own(people),
				created_by_user: refTo(people[0]),
				goals: [own(goals)],
				initiatives: [own(initiatives)],
				key_results: [...seeder.store.referrers(pick(goals, index), 'key_result')].map(refTo),
				parent: number < 2 ? own(rollUps) : null,
				workflow_status: seeder.status('release', isShipped ? 3 : index % 3),
				start_date: seeder.day(weeks * 7 - 21),
				release_date: seeder.day(weeks * 7),
				external_release_date: seeder.day(weeks * 7),
				development_started_on: seeder.day(weeks * 7 - 14),
				released: isShipped,
				released_on: seeder.day(weeks * 7),
				parking_lot: isParkingLot,
			},
			250,
		);
	});
	for (const release of releases) {
		for (const type of ['phase', 'milestone']) {
			seeder.addSample('release_phase', {
				name: type === 'phase' ? 'Beta' : 'Go live',
				type,
				release: refTo(release),
				project: release.data.project,
				start_on: release.data.start_date,
				end_on: release.data.release_date,
			});
		}
	}
	setCustom(seeder.store, releases[0], { note: '<p>Ask sales</p>', text_field: 'Acme Corp' });
	return releases;
}

type Parts = Omit<Roadmap, 'features' | 'products' | 'epics'>;

function seedEpics(seeder: Seeder, { people, releases, goals, initiatives }: Parts): Entity[] {
	return range(45).map((index) => {
		const release = pick(releases, index);
		const epic = seeder.addSample('epic', {
			name: `${titleAt(index * 3)} throughout`,
			project: release.data.project,
			release: refTo(release),
			initiative: refTo(pick(initiatives, index)),
			goals: [refTo(pick(goals, index))],
			assigned_to_user: refTo(pick(people, index)),
			created_by_user: refTo(people[0]),
			workflow_status: seeder.status('epic', index),
			tags: [pick(TAGS, index)],
			start_date: seeder.day(-30),
			due_date: seeder.day(30),
		});
		if (index < 3) setCustom(seeder.store, epic, { priority: 'P2' });
		return epic;
	});
}

/** Spreads the creation of the seeded features over more than a year, up to today. */
const DAYS_PER_FEATURE = 0.4;

export function addFeature(
	seeder: Seeder,
	parts: Omit<Roadmap, 'features'>,
	index: number,
): Entity {
	const { people, releases, initiatives, goals, epics } = parts;
	const release = pick(releases, index);
	const daysAgo = Math.max(0, (FEATURES - index) * DAYS_PER_FEATURE);
	const phase = [...seeder.store.referrers(release, 'release_phase')][0];
	const epic = index % 4 === 0 ? epics.find(({ data }) => sameRelease(data, release)) : undefined;
	const feature = seeder.add(
		'feature',
		{
			score: index % 20,
			name: titleAt(index),
			project: release.data.project,
			release: refTo(release),
			...(epic && { epic: refTo(epic) }),
			...(index % 3 === 0 && { initiative: refTo(pick(initiatives, index)) }),
			...(index % 5 === 0 && { goals: [refTo(pick(goals, index))] }),
			...(index % 10 === 0 && phase && { belongs_to_release_phase: refTo(phase) }),
			assigned_to_user: refTo(pick(people, index)),
			created_by_user: refTo(pick(people, index + 1)),
			// Each release has features of every status.
			workflow_status: seeder.status(
				'feature',
				release.data.released === true ? 4 : (index + Math.floor(index / RELEASES)) % 4,
				release.data.project,
			),
			workflow_kind: seeder.workflowKind(index, release.data.project),
			tags: range(index % 3).map((offset) => pick(TAGS, index + offset)),
			start_date: release.data.start_date,
			due_date: release.data.release_date,
			updated_at: seeder.daysAgo(daysAgo / 2),
			progress: null,
			progress_source: 'progress_manual',
		},
		daysAgo,
		`<p>As a rider I want to ${titleAt(index).toLowerCase()}.</p>`,
	);
	if (index % 7 === 0) setCustom(seeder.store, feature, { priority: `P${(index % 5) + 1}` });
	return feature;
}

const sameRelease = (data: Entity['data'], release: Entity): boolean =>
	(data.release as { id: string }).id === release.id;

function seedRequirements(seeder: Seeder, people: readonly Entity[], features: Entity[]): void {
	for (const [index, feature] of features.slice(0, 200).entries()) {
		for (const number of [1, 2]) {
			const requirement = seeder.addSample('requirement', {
				name: `Requirement ${number}`,
				feature: refTo(feature),
				release: feature.data.release,
				project: feature.data.project,
				assigned_to_user: refTo(pick(people, index + number)),
				created_by_user: refTo(people[1]),
				workflow_status: seeder.status('requirement', index),
			});
			if (index === 0) setCustom(seeder.store, requirement, { requested_by: 'TK' });
		}
	}
	setCustom(seeder.store, features[0], {
		expected_completion_date: seeder.day(20),
		component: ['web'],
		requested_by: 'Sales',
	});
	seeder.store.set(features[0], { score_facts: SCORES, tags: TAGS.slice(0, 2) });
}

export const SCORES = [
	{ id: '728895917', value: 1, name: 'Effort' },
	{ id: '846938137', value: 2, name: 'Benefit' },
];
