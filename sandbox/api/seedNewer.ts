import type { Roadmap } from './seedRoadmap';
import type { Seeder } from './seeder';
import { addStay } from './statusTimes';
import type { Entity } from './store';
import { refTo } from './store';
import { statusesOf } from './workflows';

const GROUPS = ['Beta riders', 'Fleet managers'];
const THEMES = ['Performance', 'Navigation'];
const TIMED_FEATURES = 3;
const DAYS_IN_STATUS = 4;

/** What Aha!'s API has had since 2026. After all else, so that older records keep their ids. */
export function seedNewer(seeder: Seeder, roadmap: Roadmap): void {
	const { products, features } = roadmap;
	const { store } = seeder;
	const [group] = GROUPS.map((name) => seeder.addSample('discovery_group', { name }));
	const [customer] = store.all('idea_user');
	store.set(customer, { discovery_groups: [refTo(group)] });
	for (const name of THEMES) {
		seeder.addSample('idea_theme', { name, project: refTo(products[0]) });
	}
	seedKnowledgeBase(seeder, products[0]);
	seeder.add('integration_change_job', {
		status: 'complete',
		percentage_complete: 100,
		started_at: null,
		completed_at: seeder.daysAgo(1),
		errors: [],
	});
	for (const feature of features.slice(0, TIMED_FEATURES)) seedStays(seeder, feature);
}

function seedKnowledgeBase(seeder: Seeder, product: Entity): void {
	const { store } = seeder;
	const base = seeder.addSample('knowledge_base', {
		title: 'Help for riders',
		project: refTo(product),
		status: 'enabled',
	});
	const document = [...store.referrers(product, 'page')].at(-1);
	if (!document) return;
	store.set(document, {
		knowledge_base: refTo(base),
		publishing_status: 'Published',
		collections: [],
	});
}

/** A feature that went through the statuses before its own, a few days in each. */
function seedStays(seeder: Seeder, feature: Entity): void {
	const { store } = seeder;
	const statuses = statusesOf(store, 'feature', feature.data.project);
	const current = store.resolve(feature.data.workflow_status);
	const passed = statuses.slice(0, statuses.findIndex((status) => status === current) + 1);
	for (const [index, status] of passed.entries()) {
		const daysAgo = (passed.length - index) * DAYS_IN_STATUS;
		const end = index < passed.length - 1 ? seeder.daysAgo(daysAgo - DAYS_IN_STATUS) : null;
		addStay(store, feature, status, seeder.daysAgo(daysAgo), end);
	}
}
