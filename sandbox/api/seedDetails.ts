import { setCustom } from './changes';
import type { Roadmap } from './seedRoadmap';
import { pick, range } from './seedRoadmap';
import type { Seeder } from './seeder';
import { samplesOf } from './samples';
import type { Entity } from './store';
import { refTo } from './store';

/** Seeds everything that refers to the roadmap and ideas. */
export function seedDetails(seeder: Seeder, roadmap: Roadmap, ideas: readonly Entity[]): void {
	const integration = seedIntegrations(seeder, roadmap, ideas);
	seedDiscussions(seeder, roadmap, ideas);
	seedLinks(seeder, roadmap);
	seedStrategy(seeder, roadmap);
	seedTeams(seeder, roadmap);
	seedCapacity(seeder, roadmap);
	seedTables(seeder, roadmap, ideas);
	seedAccount(seeder, roadmap, integration);
}

function seedIntegrations(seeder: Seeder, roadmap: Roadmap, ideas: readonly Entity[]): Entity {
	const [product] = roadmap.products;
	const integration = seeder.addSample('integration', {
		name: 'Jira',
		service_name: 'jira',
		owner: refTo(product),
		project: refTo(product),
		callback_token: 'sandbox-callback-token',
	});
	seeder.addSample('integration', {
		name: 'Activity webhook',
		service_name: 'audit_webhook',
		owner: refTo(product),
		project: refTo(product),
		callback_token: 'sandbox-webhook-token',
	});
	const { features, epics, releases, initiatives } = roadmap;
	const [vote] = seeder.store.referrers(ideas[0], 'idea_endorsement');
	const [requirement] = seeder.store.referrers(features[0], 'requirement');
	const linked = [features[0], epics[0], releases[0], initiatives[0], requirement, vote];
	for (const [index, record] of linked.entries()) {
		for (const [name, value] of [
			['key', `JRA-${123 + index}`],
			['id', String(777 + index)],
		]) {
			seeder.add('integration_field', {
				name,
				value,
				integration: refTo(integration),
				integratable: refTo(record),
			});
		}
	}
	return integration;
}

function seedDiscussions(seeder: Seeder, roadmap: Roadmap, ideas: readonly Entity[]): void {
	const { people, products, features, epics, releases, initiatives, goals } = roadmap;
	const requirement = [...seeder.store.referrers(features[0], 'requirement')][0];
	const talked = [releases[0], initiatives[0], goals[0], requirement, ...epics.slice(0, 5)];
	const all = [...talked, ...features.slice(0, 60)];
	const comments = all.map((record, index) =>
		seeder.add('comment', {
			body: `<p>Can we do this before the next release? (${index + 1})</p>`,
			user: refTo(pick(people, index)),
			commentable: refTo(record),
			project: record.data.project,
		}),
	);
	const tasked = [...features.slice(0, 40), epics[0], requirement, ideas[1], releases[0]];
	const tasks = tasked.map((record, index) =>
		seeder.addSample('task', {
			name: `Review ${String(record.data.name).toLowerCase()}`,
			body: 'Please have a look',
			due_date: seeder.day(index % 30),
			status: index % 3 === 0 ? 'completed' : 'pending',
			taskable: refTo(record),
			project: record.data.project,
			created_by_user: refTo(people[0]),
			assignees: [
				{ id: seeder.store.newId(), user: refTo(pick(people, index)), status: 'pending' },
			],
		}),
	);
	seeder.add('comment', {
		body: '<p>Done by Friday.</p>',
		user: refTo(people[1]),
		commentable: refTo(tasks[0]),
		project: refTo(products[0]),
	});
	attach(
		seeder,
		comments.find(({ data }) => seeder.store.resolve(data.commentable) === features[0]),
	);
	attach(seeder, seeder.store.resolve(features[0].data.description));
	attach(seeder, comments[0]);
}

function attach(seeder: Seeder, holder: Entity | undefined): void {
	if (!holder) return;
	const bytes = Buffer.from('Turn left after the bridge.\n');
	const attachment = seeder.add('attachment', {
		holder: refTo(holder),
		file_name: 'route.txt',
		content_type: 'text/plain',
		file_size: bytes.length,
		original_file_size: bytes.length,
		token: 'sandboxfile',
	});
	seeder.store.files.set(attachment.id, bytes);
}

function seedLinks(seeder: Seeder, { features, epics }: Roadmap): void {
	const pairs = [
		[features[0], features[3]],
		[epics[0], features[0]],
		[epics[0], epics[1]],
	];
	for (const [parent, child] of pairs) {
		seeder.add('record_link', {
			link_type: 'Depends on',
			link_type_id: 20,
			parent_record: refTo(parent),
			child_record: refTo(child),
		});
	}
}

function seedStrategy(seeder: Seeder, { products }: Roadmap): void {
	for (const product of products) {
		const project = refTo(product);
		const competitor = seeder.addSample('competitor', { name: '360 Tracker', project });
		const persona = seeder.addSample('persona', { name: 'Julie', project });
		const brief = seeder.addSample('creative_brief', { name: 'April launch', project });
		for (const record of [competitor, persona, brief]) {
			setCustom(seeder.store, record, { priority: 'P1' });
		}
		const models = ['strategy_model', 'strategy_positioning', 'strategy_vision'];
		for (const name of models) seeder.addSample(name, { project });
		const pages = ['Build products customers love', 'Research notes', 'Meeting notes'].map((name) =>
			seeder.addSample('page', {
				name,
				project,
				parent: null,
				tags: ['Design'],
				workflow_status: seeder.status('page', 0),
			}),
		);
		seeder.store.set(pages[1], { parent: refTo(pages[0]) });
		setCustom(seeder.store, pages[0], { review_date: seeder.day(10) });
	}
}

function seedTeams(seeder: Seeder, { products, people }: Roadmap): void {
	const schedule = seeder.store.first('schedule');
	const members = people.slice(0, 6).map((person) =>
		seeder.add('team_member', {
			name: person.data.name,
			email: person.data.email,
			user: refTo(person),
			virtual: false,
		}),
	);
	const virtual = seeder.add('team_member', {
		name: 'Designer',
		email: null,
		user: null,
		virtual: true,
	});
	for (const [index, name] of ['Riders', 'Maps', 'Platform'].entries()) {
		const team = seeder.addSample('team', {
			name,
			...(index < 2 && { project: refTo(pick(products, index)) }),
			...(schedule && { schedule: refTo(schedule) }),
			capacity: '40.0',
			hourly_rate: '150.0',
		});
		for (const member of [pick(members, index), pick(members, index + 3), virtual]) {
			seeder.add('team_membership', { team: refTo(team), team_member: refTo(member) });
		}
		seeder.addSample('schedulable_change', {
			team: refTo(team),
			...(schedule && { schedule: refTo(schedule) }),
			effective_start_date: seeder.day(30),
		});
	}
}

function seedCapacity(seeder: Seeder, { features, epics, initiatives }: Roadmap): void {
	const scenario = seeder.store.first('capacity_scenario');
	for (const record of [features[0], epics[0], initiatives[0]]) {
		const investment = seeder.addSample('capacity_investment', {
			[record.kind.name]: refTo(record),
			project: record.data.project,
			...(scenario && { capacity_scenario: refTo(scenario) }),
			start_date: seeder.day(0),
			end_date: seeder.day(60),
		});
		setCustom(seeder.store, investment, { priority: 'P1' });
		const [team] = seeder.store.all('team');
		for (const month of range(2)) {
			seeder.addSample('estimate_value', {
				capacity_investment: refTo(investment),
				period_start: seeder.day(month * 30),
				total: 20,
				team: refTo(team),
			});
		}
	}
}

function seedTables(seeder: Seeder, { products, people }: Roadmap, ideas: readonly Entity[]): void {
	const records = ['Acme Corp', 'Zane Corp'].map((name) => {
		const record = seeder.add('custom_object_record', {
			key: 'customers',
			project: refTo(products[0]),
			created_by_user: refTo(people[0]),
			linked_records: [
				{ key: 'customers', name: 'Customers', record_type: 'Ideas::Idea', record_id: ideas[0].id },
			],
		});
		setCustom(seeder.store, record, { name, website: 'www.acme.example' });
		return record;
	});
	const links = [
		{
			key: 'submitters',
			name: 'Submitters',
			record_type: 'CustomObjectRecord',
			record_ids: [records[0].id],
		},
	];
	for (const record of [records[1], ideas[0]])
		seeder.store.set(record, { custom_object_links: links });
	seeder.store.set(records[0], {
		custom_object_links: [{ ...links[0], record_ids: [records[1].id] }],
	});
}

function seedAccount(seeder: Seeder, { people }: Roadmap, integration: Entity): void {
	for (const [index, sample] of samplesOf('paid_seat_group', '/paid_seat_groups').entries()) {
		seeder.add('paid_seat_group', {
			...sample,
			administrators: index === 0 ? [] : [refTo(people[0])],
			members: people.slice(0, 2).map(({ id }) => id),
		});
	}
	for (const sample of samplesOf('account_backup', '/account_backups').slice(0, 1)) {
		seeder.add(
			'account_backup',
			{ ...sample, status_code: 2, status_description: 'Completed' },
			10,
		);
	}
	seeder.add('saved_report', { name: 'Features by release' });
	seeder.store.set(integration, { enabled: true });
}
