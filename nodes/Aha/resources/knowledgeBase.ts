import { crud } from '../schema/operations';
import type { Resource } from '../schema/types';
import { nameFilter } from './common';

const { get } = crud({ noun: 'knowledge base' });
const document = crud({ noun: 'published document', key: 'page' });

/**
 * https://www.aha.io/api/resources/knowledge_bases,
 * https://www.aha.io/api/resources/knowledge_base_pages
 */
export const knowledgeBase: Resource = {
	name: 'Knowledge Base',
	value: 'knowledgeBase',
	description: 'Knowledge bases and the documents published in them',
	aliases: ['help center', 'published note', 'published document'],
	simple: [
		'name',
		'title',
		'id',
		'url',
		'status',
		'publishing_status',
		'document_type_name',
		'parent_id',
		'description_text',
		'updated_at',
	],
	more: [
		'description',
		'created_at',
		'publishing_method',
		'collections',
		'custom_fields',
		'document_title',
		'document_type',
		'location',
		'source_documents',
	],
	operations: [
		get({ endpoint: 'GET /knowledge_bases/{knowledge_base_id}' }),
		document.get({
			name: 'Get Document',
			value: 'getDocument',
			description: 'Get a document of a knowledge base by its ID',
			endpoint: 'GET /knowledge_bases/{knowledge_base_id}/pages/{published_document_id}',
		}),
		document.getMany({
			name: 'Get Many Documents',
			value: 'getDocuments',
			description: 'Get the documents that are published in a knowledge base',
			endpoint: 'GET /knowledge_bases/{knowledge_base_id}/pages',
			query: nameFilter,
		}),
	],
};
