/** The class under which antd finds its design tokens; the sheet is extracted with the same. */
export const ANTD_KEY = 'jingwei-antd';
