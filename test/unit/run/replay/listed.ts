/** A sample that does not leave the node as documented, by its title. */
export type Listed = Readonly<Record<string, string>>;

const EPIC_STATUS = '"workflow_kind":"new","workflow_status":{"name":"Designed"}';

/** Mistakes of the documentation. */
export const mistakes: Listed = {
	'PUT /epics/PRJ1-E-1 {"name":"New name","description":"New description"}':
		'The key `epic` around the values is missing, which all other updates of an epic have',
	[`POST /releases/PRJ1-R-1/epics {"epic":{"name":"New feature","description":"New description","detailed_estimate_text":"58min",${EPIC_STATUS},"goals":"602095703,988418543"},"fields":"*,goals"}`]:
		'Copied from features: an epic has no `workflow_kind`',
	'DELETE /ideas/%3Aidea_id/idea_comments/622085811':
		'The name of the parameter is in the place of its value',
	'POST /products/PRJ1/initiatives {"fields":"*,watchers","initiative":{"name":"Initiative 3","watchers":"689956296,16338845"}}':
		'`workflow_status` is missing, which the same page says is required',
	'POST /products/PRJ1/releases {"release":{"owner":"no-reply@aha.io","initiatives":"Initiative 1","name":"Release 3","status":"New","theme":"Our first big release","external_date_resolution":"month"}}':
		'No parameter is called `status`: it is `workflow_status`',
	'POST /products/PRJ1/releases {"release":{"owner":"no-reply@aha.io","initiatives":[],"name":"Release 3","status":"New","theme":"Our first big release","external_date_resolution":"week","parking_lot":true}}':
		'No parameter is called `status`: it is `workflow_status`',
};

/** What the node does not do yet. */
export const missing: Listed = {
	'POST /releases/PRJ1-R-1/epics {"epic":{"name":"New epics","description":"New description","detailed_estimate_text":"58min","watchers":"689956296,16338845"},"fields":"*,watchers"}':
		'Create and Update do not send `fields` in the body yet',
	'POST /releases/PRJ1-R-1/epics {"epic":{"name":"New epics","description":"New description","detailed_estimate_text":"58min","created_by":"no-reply@aha.io"},"fields":"*,created_by"}':
		'Create and Update do not send `fields` in the body yet',
	'POST /releases/PRJ1-R-1/features {"fields":"*,watchers","feature":{"name":"New feature","workflow_kind":"new","workflow_status":{"name":"Designed"},"watchers":"689956296,16338845"}}':
		'Create and Update do not send `fields` in the body yet',
	'POST /releases/PRJ1-R-1/features {"fields":"*,goals","feature":{"name":"New feature","workflow_kind":"new","workflow_status":{"name":"Designed"},"goals":"602095703,988418543"}}':
		'Create and Update do not send `fields` in the body yet',
	'POST /products/PRJ1/goals {"fields":"*,watchers","goal":{"name":"Goal 3","success_metric":{"name":"FooBar","description":"Foo Bar","workflow_status":"Not Started"},"watchers":"689956296,16338845"}}':
		'Create and Update do not send `fields` in the body yet',
	'POST /products/PRJ1/ideas {"fields":"*,watchers","idea":{"name":"New idea","watchers":"689956296,16338845"}}':
		'Create and Update do not send `fields` in the body yet',
	'POST /features/PRJ1-1/integrations/204584239/fields {"integration_fields":[{"name":"key","value":"JRA-34"},{"name":"id","value":"34"}]}':
		'Several integration fields at once are not offered yet',
	'POST /features/PRJ1-1/integrations/jira/fields {"integration_fields":[{"name":"key","value":"JRA-34"},{"name":"id","value":"34"}]}':
		'Several integration fields at once are not offered yet',
	'POST /epics/PRJ1-E-1/integrations/204584239/fields {"integration_fields":[{"name":"key","value":"JRA-34"},{"name":"id","value":"34"}]}':
		'Several integration fields at once are not offered yet',
	'POST /products/PRJ1/pages {"page":{"document_type":"internal_link","linked_record_id":1007868956,"linked_record_type":"Feature"}}':
		'The name of a note is not optional yet',
	'POST /products/PRJ1/releases {"release":{"owner":"no-reply@aha.io","initiatives":[],"name":"Release 3","watchers":"689956296,16338845"},"fields":"*,watchers"}':
		'Create and Update do not send `fields` in the body yet',
	'POST /products/PRJ1/releases {"release":{"owner":"no-reply@aha.io","initiatives":[],"name":"Release 3","goals":"602095703,988418543"},"fields":"*,goals"}':
		'Create and Update do not send `fields` in the body yet',
	'POST /products/PRJ1/releases {"release":{"owner":"no-reply@aha.io","initiatives":"423077122,4125886","name":"Release 3"},"fields":"*,initiatives"}':
		'Create and Update do not send `fields` in the body yet',
};
