const CARRIERS =
  /@(?:docomo\.ne\.jp|mopera\.net|ezweb\.ne\.jp|[a-z0-9-]+\.ezweb\.ne\.jp|au\.com|uqmobile\.jp|softbank\.ne\.jp|i\.softbank\.jp|[a-z]\.vodafone\.ne\.jp|disney\.ne\.jp|y-?mobile\.ne\.jp|ymobile1?\.ne\.jp|[a-z0-9-]+\.emnet\.ne\.jp|emobile\.ne\.jp|willcom\.com|[a-z0-9]+\.pdx\.ne\.jp|wcm\.ne\.jp|rakumail\.jp)$/i;

/** An address of a Japanese mobile carrier: short answers, often without In-Reply-To or a whole subject; old ones read ISO-2022-JP only. */
export const isCarrierAddress = (address: string): boolean => address.length <= 320 && CARRIERS.test(address.trim());
