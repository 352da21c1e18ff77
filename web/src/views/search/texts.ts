import { Text } from '../../language/language';

export const SEARCH_TEXTS = {
  title: { zh: '搜索', en: 'Search' },
  label: { zh: '名称、代码或文号', en: 'Name, code or document number' },
  search: { zh: '搜索', en: 'Search' },
  entities: (found: number): Text => ({ zh: `对象（${found}）`, en: `Entities (${found})` }),
  documents: { zh: '有此文号的变更', en: 'Changes with this document' },
  of: { zh: '部门', en: 'of' },
  none: { zh: '没有找到。', en: 'Nothing was found.' },
  more: (number: number): Text => ({ zh: `另有 ${number} 项，请缩小范围`, en: `${number} more: narrow the search` }),
  moreDocuments: (number: number): Text => ({
    zh: `只列出最新的 ${number} 项，请缩小范围`,
    en: `Only the newest ${number} are listed: narrow the search`,
  }),
  notAll: {
    zh: '只搜索了页面已读入的最新变更。',
    en: 'Only the newest changes, which the page has read, are searched.',
  },
} as const;
