import { setCustom } from './changes';
import type { Roadmap } from './seedRoadmap';
import { pick, range, SCORES, titleAt } from './seedRoadmap';
import type { Seeder } from './seeder';
import type { Entity } from './store';
import { refTo } from './store';

const IDEAS = 500;
const DAYS_PER_IDEA = 0.6;

const CUSTOMERS = ['John Long', 'Ines Duarte', 'Omar Haddad', 'Grace Kim', 'Paul Meyer', 'Nia Obi'];
const COMPANIES = ['Acme', 'Velo Club', 'City Couriers', 'Mountain Guides'];
const CATEGORIES = ['Mobile app', 'Maps', 'Accounts', 'Reports'];

interface Portal {
	readonly organizations: Entity[];
	readonly ideaUsers: Entity[];
	readonly portalUsers: Entity[];
	readonly categories: Entity[];
	readonly portals: Entity[];
}

export function seedIdeas(seeder: Seeder, roadmap: Roadmap): Entity[] {
	const portal = seedPortals(seeder, roadmap);
	const ideas: Entity[] = [];
	for (const index of range(IDEAS)) ideas.push(addIdea(seeder, roadmap, portal, ideas, index));
	for (const [index, idea] of ideas.entries()) seedVotes(seeder, roadmap, portal, idea, index);
	setCustom(seeder.store, ideas[0], { component: ['web'] });
	return ideas;
}

function seedPortals(seeder: Seeder, { products, people }: Roadmap): Portal {
	const portals = products.map((product) =>
		seeder.addSample('idea_portal', {
			title: `Ideas for ${String(product.data.name)}`,
			project: refTo(product),
			external_url: `https://${seeder.store.domain}.ideas.aha.io/`,
		}),
	);
	const organizations = COMPANIES.map((name) =>
		seeder.addSample('idea_organization', {
			name,
			email_domains: `${name.toLowerCase().replace(/ /g, '')}.example`,
			created_by_user: refTo(people[0]),
		}),
	);
	const ideaUsers = CUSTOMERS.map((name, index) => {
		const [first = '', last = ''] = name.split(' ');
		return seeder.addSample('idea_user', {
			name,
			first_name: first,
			last_name: last,
			email: `${first}@${String(pick(organizations, index).data.email_domains)}`.toLowerCase(),
			idea_organizations: [refTo(pick(organizations, index))],
		});
	});
	const portalUsers = ideaUsers.map((user) =>
		seeder.addSample('portal_user', {
			email: user.data.email,
			first_name: user.data.first_name,
			last_name: user.data.last_name,
			idea_user: refTo(user),
			idea_portal: refTo(portals[0]),
		}),
	);
	const categories = products.flatMap((product) =>
		CATEGORIES.map((name) => seeder.add('idea_category', { name, project: refTo(product) })),
	);
	setCustom(seeder.store, organizations[0], { region: 'Europe' });
	setCustom(seeder.store, ideaUsers[0], { region: 'Europe' });
	return { organizations, ideaUsers, portalUsers, categories, portals };
}

function addIdea(
	seeder: Seeder,
	{ products, people, features }: Roadmap,
	{ ideaUsers, portalUsers, categories }: Portal,
	earlier: readonly Entity[],
	index: number,
): Entity {
	const daysAgo = (IDEAS - index) * DAYS_PER_IDEA;
	const byCustomer = index % 2 === 0;
	return seeder.addSample(
		'idea',
		{
			name: `${titleAt(index * 5 + 2)} for ${byCustomer ? 'everybody' : 'our team'}`,
			project: refTo(pick(products, index)),
			score: index % 30,
			initial_votes: index % 4,
			workflow_status: seeder.status('idea', index),
			categories: [refTo(pick(categories, index))],
			assigned_to_user: index % 3 === 0 ? refTo(pick(people, index)) : null,
			...(byCustomer
				? {
						created_by_portal_user: refTo(pick(portalUsers, index)),
						created_by_idea_user: refTo(pick(ideaUsers, index)),
					}
				: { created_by_user: refTo(pick(people, index)) }),
			...(index % 10 === 2 && { feature: refTo(pick(features, index)) }),
			...(index % 50 === 3 && { duplicate_of: refTo(earlier[index - 1]) }),
			tags: index % 2 === 0 ? ['Infrastructure'] : [],
			score_facts: index === 0 ? SCORES : [],
			updated_at: seeder.daysAgo(daysAgo / 2),
			submitted_idea_portal_record_url: `https://${seeder.store.domain}.ideas.aha.io/ideas`,
		},
		daysAgo,
	);
}

/** Gives many votes to a few ideas, and few to the others. */
function seedVotes(
	seeder: Seeder,
	{ people }: Roadmap,
	{ portalUsers, ideaUsers, organizations }: Portal,
	idea: Entity,
	index: number,
): void {
	const votes = index % 25 === 0 ? 12 : index % 4;
	for (const number of range(votes)) {
		const byCustomer = (number + index) % 3 !== 2;
		const vote = seeder.addSample('idea_endorsement', {
			idea: refTo(idea),
			weight: 1,
			proxy: !byCustomer,
			...(byCustomer
				? {
						endorsed_by_portal_user: refTo(pick(portalUsers, number)),
						endorsed_by_idea_user: refTo(pick(ideaUsers, number)),
					}
				: { endorsed_by_user: refTo(pick(people, number)) }),
			idea_organization: refTo(pick(organizations, number)),
			idea_users: [refTo(pick(ideaUsers, number))],
			project: idea.data.project,
		});
		if (index === 0 && number === 0) setCustom(seeder.store, vote, { region: 'Europe' });
	}
	if (index % 20 !== 0) return;
	for (const number of range(2)) {
		const first = [...seeder.store.referrers(idea, 'idea_comment')][0];
		seeder.addSample('idea_comment', {
			body: `<p>We would use this every day (${number + 1}).</p>`,
			idea: refTo(idea),
			idea_commenter_user: refTo(pick(people, number)),
			...(first && { parent_idea_comment: refTo(first) }),
			project: idea.data.project,
		});
		seeder.add('idea_subscription', {
			idea: refTo(idea),
			portal_user: refTo(pick(portalUsers, number)),
		});
	}
}
