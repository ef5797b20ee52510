import { ForbiddenPage } from '#components/pages/ForbiddenPage.tsx';

/** 403 outside a company; also in place of Next's own, whose styles the policy would refuse. */
export default function Forbidden() {
  return <ForbiddenPage />;
}
