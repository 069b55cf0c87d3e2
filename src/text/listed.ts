/** The first items of a list, and how many more there are: `a, b and 3 more`. */
export function listed(items: string[], most: number): string {
  if (items.length <= most) return items.join(', ');
  return `${items.slice(0, most).join(', ')} and ${items.length - most} more`;
}
