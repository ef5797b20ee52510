import { randomBytes } from 'node:crypto';
import { newSecrets } from '../support/product-env.mjs';

/** Prints a .env for docker-compose.yml with new random secrets: node bin/docker/new-env.mjs > .env */
const password = () => randomBytes(24).toString('base64url');
const settings = {
  APP_URL: 'http://localhost:3000',
  POSTGRES_PASSWORD: password(),
  MIGRATE_PASSWORD: password(),
  APP_PASSWORD: password(),
  REDIS_PASSWORD: password(),
  ...newSecrets(),
};
console.log('# Keep SEAL_KEY somewhere safe as well: without it stored mail passwords are lost.');
for (const [name, value] of Object.entries(settings)) console.log(`${name}=${value}`);
