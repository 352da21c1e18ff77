import { isValidIn, Validity } from './validity';

/**
 * A class (类) of the functional classification (政府支出功能分类科目). A class whose name changed has a row for each name. This list
 * is a transcript for convenience, not the official text, and says nothing of the years before 2016.
 */
export interface FunctionClass extends Validity {
  readonly code: string;
  readonly name: string;
  /** The division of COFOG that most of the class belongs to, as this project judges; null if none stands out. */
  readonly cofog: string | null;
}

const FIRST = 2016;

type Listed = readonly [code: string, name: string, cofog: string | null, from?: number, to?: number];

const LISTED: readonly Listed[] = [
  ['201', '一般公共服务支出', '01'],
  ['202', '外交支出', '01'],
  ['203', '国防支出', '02'],
  ['204', '公共安全支出', '03'],
  ['205', '教育支出', '09'],
  ['206', '科学技术支出', null],
  ['207', '文化体育与传媒支出', '08', FIRST, 2018],
  ['207', '文化旅游体育与传媒支出', '08', 2019],
  ['208', '社会保障和就业支出', '10'],
  ['209', '社会保险基金支出', '10'],
  ['210', '医疗卫生与计划生育支出', '07', FIRST, 2018],
  ['210', '卫生健康支出', '07', 2019],
  ['211', '节能环保支出', '05'],
  ['212', '城乡社区支出', '06'],
  ['213', '农林水支出', '04'],
  ['214', '交通运输支出', '04'],
  ['215', '资源勘探信息等支出', '04', FIRST, 2019],
  ['215', '资源勘探工业信息等支出', '04', 2020],
  ['216', '商业服务业等支出', '04'],
  ['217', '金融支出', '04'],
  ['219', '援助其他地区支出', '01'],
  ['220', '国土海洋气象等支出', null, FIRST, 2018],
  ['220', '自然资源海洋气象等支出', null, 2019],
  ['221', '住房保障支出', null],
  ['222', '粮油物资储备支出', '04'],
  ['223', '国有资本经营预算支出', null],
  ['224', '灾害防治及应急管理支出', '03', 2019],
  ['227', '预备费', null],
  ['229', '其他支出', null],
  ['230', '转移性支出', '01'],
  ['231', '债务还本支出', null],
  ['232', '债务付息支出', '01'],
  ['233', '债务发行费用支出', '01'],
];

export const FUNCTION_CLASSES: readonly FunctionClass[] = LISTED.map(
  ([code, name, cofog, from = FIRST, to = null]) => ({
    code,
    name,
    cofog,
    validFrom: from,
    validTo: to,
  }),
);

/** The class of a functional code of 3, 5 or 7 digits in a fiscal year; undefined if the list has none. */
export const functionClassOf = (functionCode: string, fiscalYear: number): FunctionClass | undefined =>
  FUNCTION_CLASSES.find((row) => row.code === functionCode.slice(0, 3) && isValidIn(row, fiscalYear));
