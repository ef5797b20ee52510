import { ForbiddenPage } from '#components/pages/ForbiddenPage.tsx';

/** 403: a page of this company that this role may not use. */
export default function Forbidden() {
  return <ForbiddenPage />;
}
