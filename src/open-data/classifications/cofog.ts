import { Validity } from './validity';

/** The divisions and groups of COFOG, the Classification of the Functions of Government of the United Nations (1999). */
export interface CofogRow extends Validity {
  /** `01` is a division, `01.1` a group in it. */
  readonly code: string;
  readonly name: string;
  readonly nameZh: string | null;
  readonly parent: string | null;
}

const DIVISIONS: readonly (readonly [code: string, name: string, nameZh: string, groups: readonly string[]])[] = [
  [
    '01',
    'General public services',
    '一般公共服务',
    [
      'Executive and legislative organs, financial and fiscal affairs, external affairs',
      'Foreign economic aid',
      'General services',
      'Basic research',
      'R&D General public services',
      'General public services n.e.c.',
      'Public debt transactions',
      'Transfers of a general character between different levels of government',
    ],
  ],
  [
    '02',
    'Defence',
    '国防',
    ['Military defence', 'Civil defence', 'Foreign military aid', 'R&D Defence', 'Defence n.e.c.'],
  ],
  [
    '03',
    'Public order and safety',
    '公共秩序和安全',
    [
      'Police services',
      'Fire-protection services',
      'Law courts',
      'Prisons',
      'R&D Public order and safety',
      'Public order and safety n.e.c.',
    ],
  ],
  [
    '04',
    'Economic affairs',
    '经济事务',
    [
      'General economic, commercial and labour affairs',
      'Agriculture, forestry, fishing and hunting',
      'Fuel and energy',
      'Mining, manufacturing and construction',
      'Transport',
      'Communication',
      'Other industries',
      'R&D Economic affairs',
      'Economic affairs n.e.c.',
    ],
  ],
  [
    '05',
    'Environmental protection',
    '环境保护',
    [
      'Waste management',
      'Waste water management',
      'Pollution abatement',
      'Protection of biodiversity and landscape',
      'R&D Environmental protection',
      'Environmental protection n.e.c.',
    ],
  ],
  [
    '06',
    'Housing and community amenities',
    '住房和社区设施',
    [
      'Housing development',
      'Community development',
      'Water supply',
      'Street lighting',
      'R&D Housing and community amenities',
      'Housing and community amenities n.e.c.',
    ],
  ],
  [
    '07',
    'Health',
    '卫生保健',
    [
      'Medical products, appliances and equipment',
      'Outpatient services',
      'Hospital services',
      'Public health services',
      'R&D Health',
      'Health n.e.c.',
    ],
  ],
  [
    '08',
    'Recreation, culture and religion',
    '娱乐、文化和宗教',
    [
      'Recreational and sporting services',
      'Cultural services',
      'Broadcasting and publishing services',
      'Religious and other community services',
      'R&D Recreation, culture and religion',
      'Recreation, culture and religion n.e.c.',
    ],
  ],
  [
    '09',
    'Education',
    '教育',
    [
      'Pre-primary and primary education',
      'Secondary education',
      'Post-secondary non-tertiary education',
      'Tertiary education',
      'Education not definable by level',
      'Subsidiary services to education',
      'R&D Education',
      'Education n.e.c.',
    ],
  ],
  [
    '10',
    'Social protection',
    '社会保护',
    [
      'Sickness and disability',
      'Old age',
      'Survivors',
      'Family and children',
      'Unemployment',
      'Housing',
      'Social exclusion n.e.c.',
      'R&D Social protection',
      'Social protection n.e.c.',
    ],
  ],
];

const SINCE_1999: Validity = { validFrom: 1999, validTo: null };

export const COFOG: readonly CofogRow[] = DIVISIONS.flatMap(([code, name, nameZh, groups]) => [
  { code, name, nameZh, parent: null, ...SINCE_1999 },
  ...groups.map((group, index) => ({
    code: `${code}.${index + 1}`,
    name: group,
    nameZh: null,
    parent: code,
    ...SINCE_1999,
  })),
]);
