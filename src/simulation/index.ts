export { type DemoPerson, demoPassword, simulateFrozenFood } from './frozen-food.ts';
