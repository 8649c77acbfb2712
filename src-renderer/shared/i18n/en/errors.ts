import type { errors as slovene, rules as sloveneRules } from '../sl/errors.ts';
import type { SameKeys } from '../same-keys.ts';

export const errors: SameKeys<typeof slovene> = {
  invalid_request: 'Some of the details are not filled in correctly. Correct the marked fields and try again.',
  not_signed_in: 'Your sign-in has expired. Please sign in again.',
  session_displaced:
    'We signed you out because you signed in on another device. Sign in again to go on here. If that was not you, sign in and change your password in the profile at once.',
  wrong_credentials: 'The e-mail and password do not match. Check both and try again.',
  session_active: 'You are already signed in on another device. Sign out there, or go on here.',
  second_factor_required: 'Enter the six-digit code of your authenticator app as well.',
  second_factor_rejected: 'The code is wrong or no longer valid. Wait for a new code in the app and enter that one.',
  second_factor_needed: 'To work in the office, first turn on two-step sign-in in your profile.',
  second_factor_state: 'The setting of two-step sign-in has changed in the meantime. See whether it is on.',
  human_check_required: 'After several failed attempts we must check that you are not a robot. Please try again.',
  account_disabled: 'This account is closed. For help, call your manager.',
  wrong_password: 'The password is wrong. Enter the password with which you sign in.',
  code_rejected: 'The code is wrong or no longer valid. Check it in the newest message, or ask for a new one.',
  email_unconfirmed: 'First confirm your e-mail address with the code that we sent you.',
  last_admin: 'The manager would have no administrator any more. Give this role to somebody else first.',
  staff_member: 'This person already works for this manager.',
  forbidden: 'You have no permission for this. If you need it, ask an administrator at your manager.',
  e_invoice_required: 'The PDF with the QR code is for subscribers to eRačun. Subscribe under “Profile”, “eRačun”.',
  not_found: 'This is not (or no longer) on the portal. Go back to the list and try again.',
  method_not_allowed: 'The portal does not know this command. Please update iiPortal.',
  not_acceptable: 'The portal cannot send the data in this form. Please update iiPortal.',
  slip_password_rejected:
    'The payer code and slip password do not match, or the password has been used or has expired. Check both in the newest letter from your manager. If it still does not work, ask your manager for a new password.',
  email_taken:
    'This e-mail is already registered. Sign in with your password and choose “Add a manager” in the menu. If that was not you, call your manager or enter another e-mail.',
  payer_taken:
    'This payer is already registered. If that was you, sign in with the e-mail that you entered when you registered. If not, call your manager and ask them to release the payer.',
  human_check_failed:
    'The check that you are not a robot failed or has expired. Please try again. If it fails again, call your manager.',
  human_check_unavailable:
    'The service that checks that you are not a robot does not respond. Please try again in a few minutes.',
  manager_required: 'You work for several managers. Choose which one.',
  mail_state: 'The message cannot be sent again: it was sent, it is waiting to be sent, or it is too old.',
  import_state: 'The state of this file has changed in the meantime. Refresh the list to see its new state.',
  import_outdated: 'The data has changed meanwhile. The preview has been counted anew, please look at it again.',
  run_opened: 'Residents have opened slips already, so the billing run cannot be taken back any more.',
  merge_refused: 'These two payers cannot be merged: they belong to different people, or they are the same payer.',
  api_keys_full: 'You already have the largest possible number of keys (20). First revoke one that you no longer need.',
  main_host: 'The main address cannot be removed. First make another one the main one.',
  default_iban: 'The account for orders that name none cannot be removed. First choose another one.',
  host_taken: 'Another manager uses this address, or it is the common address of the portal.',
  run_draft: 'The billing run is still a draft. This is possible once you have published it.',
  e_invoice_request_state: 'This request has been decided or withdrawn already. Refresh the page.',
  document_failed: 'This document is too long and could not be made. Try again. If it happens again, call the manager.',
  picture_rejected: 'This picture cannot be printed. Choose a PNG or JPEG of at most 4 million pixels.',
  run_published: 'This billing run has been published, so it cannot be replaced.',
  import_running: 'Another file is still being checked. Wait until that is finished and try again.',
  print_running: 'You are already preparing a print. Wait until it is finished, or cancel it.',
  body_too_large: 'The file is too large. Split it into several smaller ones.',
  unsupported_media_type: 'This is not a CSV file. Choose a billing file in CSV format.',
  rate_limited: 'Too many attempts. Wait {wait} and try again.',
  internal: 'Something unexpected went wrong. Try again in a few minutes. If it happens again, call your manager.',
  unavailable: 'The portal is starting or under maintenance. Try again in a minute.',
  offline: 'The portal cannot be reached. Check your internet connection and try again.',
  not_a_portal: 'There is no iiPortal at this address. Check the address; it is in the letter from your manager.',
  certificate_untrusted:
    'The connection to the portal is not safe, so it was not made: the server has no valid certificate. Check the portal’s address and this computer’s date and time. If that does not help, call your manager.',
  portal_pinned: 'The administrator of this computer has set the portal’s address, so it cannot be changed here.',
  file_failed: 'The file could not be read or written. Choose another place and try again.',
  file_gone: 'The file is no longer where you saved it. Save it again.',
  no_program:
    'This computer has no program to open this with. You can copy the address and use it in a program of your own.',
  printer_failed:
    'Printing failed. Check that the printer is connected and switched on. If that does not help, choose “Show PDF”, open it in another program and print it there.',
  letters_lost:
    'The passwords may have been issued, but the letters with them could not be received or saved. Issue the passwords again; the earlier ones are then no longer valid.',
  print_lost:
    'New passwords may have been issued, but the file to be printed is not whole and was thrown away. Print the slips again with new passwords; the earlier ones become void.',
  cancelled: 'You cancelled. Nothing has changed on the portal.',
};

export const rules: SameKeys<typeof sloveneRules> = {
  required: 'This field is required.',
  too_long: 'The text is too long.',
  email: "Enter the whole e-mail address, for example name{'@'}example.com.",
  payer_code: 'Copy the payer code from your slip: letters and digits, no spaces.',
  slip_password: 'The slip password has a typing mistake. Check it character by character.',
  slip_password_short: 'The slip password has 13\u00a0characters. Enter all of them.',
  common_password: 'This password is too well known or too close to your own details. Choose another one.',
  same_password: 'You have this password already. Choose another one.',
  email_code: 'The code has six digits. Copy it from the message.',
  mailed_code: 'The code has 13\u00a0characters. Check it character by character.',
  totp_code: 'The code has six digits. Copy it from the app.',
  own_password: 'The password does not meet all the conditions yet. What is missing is marked below.',
  repeat: 'The passwords are not the same. Enter them once more.',
  manager: 'Choose the manager from the list.',
  invisible_characters: 'The text contains invisible characters. Delete it and type it again.',
  tax_number: 'A tax number has eight digits, with or without SI before them.',
  address: 'Enter the address of the portal, for example portal.vzorec.si.',
  iban: 'The IBAN is not right. Copy it from the contract with the bank, digit by digit.',
  purpose_code: 'A purpose code is four capital letters.',
  characters: 'Payment forms take Slovene and other Latin letters alone. Replace the characters that are none.',
  template_form:
    "A pattern begins with a model, such as SI12 {'{'}payer{'}'}{'{'}period{'}'}. Curly brackets can hold payer, slip and period alone.",
  template_model: 'There is no such model. Usual ones are SI12, SI05, SI11, SI00 and RF.',
  template_parts: 'This model has another number of parts. Check the hyphens in the pattern.',
  template_placeholder: "Curly brackets can hold {'{'}payer{'}'}, {'{'}slip{'}'} and {'{'}period{'}'} alone.",
  reference_length:
    'The reference would be too long: a part has at most 12 digits, SI12 has 13 in all, RF 25 characters.',
  reference_characters: 'This model takes digits alone, and the code or number of the example has none.',
  reference_parts: 'This model has another number of parts. Check the hyphens in the pattern.',
  reference_leading_zero: 'The second and third part of a reference must not begin with a zero.',
  reference_check_digit: 'The check digit of such a reference cannot be computed.',
  invalid: 'We do not understand this entry. Please check it.',
  host: 'Enter a name without blanks and slashes, such as portal.manager.com.',
  phone: 'A phone number has digits, blanks and + alone.',
  town: 'Enter the post code and the town, such as 1000 Ljubljana.',
  days: 'Enter a number of days from 1 to 730.',
  too_many: 'The list is full. Remove something first.',
};

export const requestNumber = 'Error number: {id}';
