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
