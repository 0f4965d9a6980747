import { faultTable } from '../../kernel/index.ts';

export const fault = faultTable({
  'stockroom.product_unknown': {
    status: 422,
    zh: '没有这个商品，或它不对贵方开放。请从商品目录中选择。',
    en: 'There is no such product, or it is not yours to see. Choose one from the catalogue.',
  },
  'stockroom.not_own_product': {
    status: 422,
    zh: '产出的商品须在贵方自己的商品目录中。',
    en: 'What is made has to be a product of your own catalogue.',
  },
  'stockroom.goods_have_moved': {
    status: 409,
    zh: '该产品的货已在没有 GTIN 的情况下收发过。请另行上架带 GTIN 的产品，以后的批次用新产品。',
    en: 'Goods of it have moved without a GTIN. List a product with the GTIN for the next lots.',
  },
});
