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
});
