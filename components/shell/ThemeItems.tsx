import { type MantineColorScheme, Menu, useMantineColorScheme } from '@mantine/core';
import { IconCheck, IconDeviceDesktop, IconMoon, IconSun } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';

const CHOICES: readonly (readonly [MantineColorScheme, typeof IconSun])[] = [
  ['auto', IconDeviceDesktop],
  ['light', IconSun],
  ['dark', IconMoon],
];

/** Follows the system until somebody chooses; kept on this device. */
export function ThemeItems() {
  const t = useTranslations('common.theme');
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <>
      <Menu.Label>{t('label')}</Menu.Label>
      <Menu.RadioGroup value={colorScheme} onChange={(scheme) => setColorScheme(scheme as MantineColorScheme)}>
        {CHOICES.map(([scheme, Icon]) => (
          <Menu.RadioItem
            key={scheme}
            value={scheme}
            checkIcon={<IconCheck size={14} aria-hidden />}
            rightSection={<Icon size={16} stroke={1.75} aria-hidden />}
          >
            {t(scheme)}
          </Menu.RadioItem>
        ))}
      </Menu.RadioGroup>
    </>
  );
}
