/**
 * Emulators of AWS, the IDs that Ceph gives to requests, and servers that speak the protocol of S3: the tools and
 * libraries of AWS print their errors like those of AWS.
 */
export const LIKE_AWS =
  /\blocalstack\b|\b(?:localhost|127\.0\.0\.1|0\.0\.0\.0):(?:4566|9000)\b|\bminio\b|\bceph\b|\.(?:r2\.cloudflarestorage|digitaloceanspaces|wasabisys|backblazeb2|aliyuncs|linodeobjects|vultrobjects|myqcloud|storjshare|scw)\.|\btx[\da-f]{16,24}-[\da-f]{10}-[\da-f]{2,16}-\w|\bstorage\.googleapis\./i;
