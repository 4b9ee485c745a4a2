/** Small invented fingerprint lists in the publisher's layout, for tests. */
export const HTTP_CSV = [
  'name,scope,other_names,location_found,pattern_type,pattern,confidence_no_fp,expected_countries,source,exp_url,notes',
  'test.body_isp,isp,,body,contains,Blocked by order 7,5,,test,,',
  'test.body_fp,fp,,body,contains,Parked domain page,5,,test,,',
  'test.body_prod,prod,,body,contains,Filter appliance 3000,5,"AA, BB,ZZ",test,,',
  'test.body_regexp,nat,,body,regexp,forbidden.*here,5,,test,,',
  'test.body_lines,inst,,body,contains,"<b>one, ""two""</b>\r\n<i>three</i>",5,CC,test,,',
  'test.body_wide,nat,,body,contains,страница заблокирована,5,DD,test,,',
  'test.location,nat,,header.location,prefix,http://block.example/page,5,,test,,',
  'test.location_contains,nat,,header.location,contains,contained,5,,test,,',
  'test.server,isp,,header.server,full,Wall/1,5,,test,,',
  'odd@name here,isp,,body,contains,Odd name page text,5,,test,,',
  '',
].join('\r\n');

export const DNS_CSV = [
  'name,scope,other_names,location_found,pattern_type,pattern,confidence_no_fp,expected_countries,source,exp_url,notes',
  'test.dns_nat,nat,,dns,full,192.0.2.66,5,AA,test,,',
  '',
].join('\n');
