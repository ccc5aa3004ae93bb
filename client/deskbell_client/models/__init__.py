"""Contains all the data models used in inputs/outputs"""

from .absence_answer import AbsenceAnswer
from .absence_list import AbsenceList
from .address import Address
from .address_in import AddressIn
from .attachment_answer import AttachmentAnswer
from .attachments_upload_file_params import AttachmentsUploadFileParams
from .attempt_answer import AttemptAnswer
from .attempt_answer_request_headers import AttemptAnswerRequestHeaders
from .attempt_answer_response_headers import AttemptAnswerResponseHeaders
from .bulk_answer import BulkAnswer
from .bulk_failure import BulkFailure
from .bulk_in import BulkIn
from .category_answer import CategoryAnswer
from .change_answer import ChangeAnswer
from .closing_in import ClosingIn
from .contact_point_answer import ContactPointAnswer
from .contact_point_answer_kind import ContactPointAnswerKind
from .correction import Correction
from .custom_field_answer import CustomFieldAnswer
from .delivery_answer import DeliveryAnswer
from .delivery_answer_state import DeliveryAnswerState
from .delivery_detail import DeliveryDetail
from .delivery_detail_state import DeliveryDetailState
from .delivery_list import DeliveryList
from .department_answer import DepartmentAnswer
from .department_change import DepartmentChange
from .department_list import DepartmentList
from .department_permissions import DepartmentPermissions
from .domain_answer import DomainAnswer
from .event_answer import EventAnswer
from .event_answer_actor_kind import EventAnswerActorKind
from .event_answer_changes import EventAnswerChanges
from .event_answer_data import EventAnswerData
from .event_kind_answer import EventKindAnswer
from .event_kinds import EventKinds
from .event_list import EventList
from .feed_answer import FeedAnswer
from .field_error import FieldError
from .found_ticket import FoundTicket
from .found_ticket_state_category import FoundTicketStateCategory
from .found_tickets import FoundTickets
from .invitation_answer import InvitationAnswer
from .invitations_page import InvitationsPage
from .kind_answer import KindAnswer
from .link_answer import LinkAnswer
from .link_in import LinkIn
from .link_in_kind import LinkInKind
from .matrix_cell import MatrixCell
from .me_answer import MeAnswer
from .me_change import MeChange
from .me_change_density import MeChangeDensity
from .me_change_theme import MeChangeTheme
from .me_change_working_hours import MeChangeWorkingHours
from .member_answer import MemberAnswer
from .merge_answer import MergeAnswer
from .merge_in import MergeIn
from .merge_into import MergeInto
from .message_answer import MessageAnswer
from .message_answer_delivery_state import MessageAnswerDeliveryState
from .message_answer_direction import MessageAnswerDirection
from .message_answer_kind import MessageAnswerKind
from .message_list import MessageList
from .messages_list_order import MessagesListOrder
from .my_message import MyMessage
from .my_message_direction import MyMessageDirection
from .my_message_in import MyMessageIn
from .my_message_list import MyMessageList
from .my_message_made import MyMessageMade
from .my_ticket import MyTicket
from .my_ticket_in import MyTicketIn
from .my_ticket_in_custom import MyTicketInCustom
from .my_ticket_list import MyTicketList
from .my_ticket_row import MyTicketRow
from .my_ticket_row_state_category import MyTicketRowStateCategory
from .my_ticket_state_category import MyTicketStateCategory
from .my_tickets_list_state import MyTicketsListState
from .my_tickets_list_whose import MyTicketsListWhose
from .named import Named
from .new_absence import NewAbsence
from .new_contact_point import NewContactPoint
from .new_contact_point_kind import NewContactPointKind
from .new_department import NewDepartment
from .new_domain import NewDomain
from .new_organisation import NewOrganisation
from .new_organisation_kind import NewOrganisationKind
from .new_participant import NewParticipant
from .new_participant_role import NewParticipantRole
from .new_person import NewPerson
from .new_place import NewPlace
from .new_requester import NewRequester
from .new_role import NewRole
from .new_team import NewTeam
from .new_webhook import NewWebhook
from .new_webhook_headers import NewWebhookHeaders
from .next_state_answer import NextStateAnswer
from .next_state_answer_category import NextStateAnswerCategory
from .note_in import NoteIn
from .organisation_answer import OrganisationAnswer
from .organisation_answer_kind import OrganisationAnswerKind
from .organisation_change import OrganisationChange
from .organisation_change_kind import OrganisationChangeKind
from .organisations_list_kind import OrganisationsListKind
from .organisations_page import OrganisationsPage
from .participant_answer import ParticipantAnswer
from .participant_answer_role import ParticipantAnswerRole
from .participant_in import ParticipantIn
from .participant_in_role import ParticipantInRole
from .people_list_kind import PeopleListKind
from .people_page import PeoplePage
from .permission_answer import PermissionAnswer
from .permission_list import PermissionList
from .person_answer import PersonAnswer
from .person_change import PersonChange
from .priority_answer import PriorityAnswer
from .problem import Problem
from .reference import Reference
from .referral_answer import ReferralAnswer
from .referral_in import ReferralIn
from .reply_in import ReplyIn
from .role_answer import RoleAnswer
from .role_change import RoleChange
from .role_given import RoleGiven
from .role_held import RoleHeld
from .role_list import RoleList
from .search_match import SearchMatch
from .search_match_place import SearchMatchPlace
from .setting_answer import SettingAnswer
from .setting_answer_takes import SettingAnswerTakes
from .setting_change import SettingChange
from .setting_list import SettingList
from .split_in import SplitIn
from .state_answer import StateAnswer
from .state_answer_category import StateAnswerCategory
from .state_change import StateChange
from .tag_answer import TagAnswer
from .tag_list import TagList
from .team_answer import TeamAnswer
from .team_change import TeamChange
from .team_list import TeamList
from .team_members import TeamMembers
from .text_part import TextPart
from .ticket_answer import TicketAnswer
from .ticket_answer_custom import TicketAnswerCustom
from .ticket_answer_state_category import TicketAnswerStateCategory
from .ticket_change import TicketChange
from .ticket_change_custom import TicketChangeCustom
from .ticket_change_impact import TicketChangeImpact
from .ticket_change_urgency import TicketChangeUrgency
from .ticket_detail import TicketDetail
from .ticket_detail_custom import TicketDetailCustom
from .ticket_detail_state_category import TicketDetailStateCategory
from .ticket_in import TicketIn
from .ticket_in_custom import TicketInCustom
from .ticket_in_direction import TicketInDirection
from .ticket_in_impact import TicketInImpact
from .ticket_in_urgency import TicketInUrgency
from .ticket_link_answer import TicketLinkAnswer
from .ticket_link_answer_state_category import TicketLinkAnswerStateCategory
from .ticket_list import TicketList
from .ticket_person import TicketPerson
from .ticket_row import TicketRow
from .ticket_row_state_category import TicketRowStateCategory
from .tickets_list_sort import TicketsListSort
from .tickets_list_status_item_type_0 import TicketsListStatusItemType0
from .tickets_list_view import TicketsListView
from .timeline_answer import TimelineAnswer
from .timeline_entry_answer import TimelineEntryAnswer
from .token_answer import TokenAnswer
from .token_list import TokenList
from .transfer_answer import TransferAnswer
from .transfer_in import TransferIn
from .transition_answer import TransitionAnswer
from .vocabulary_answer import VocabularyAnswer
from .waiting_reason_answer import WaitingReasonAnswer
from .waiting_reason_answer_side import WaitingReasonAnswerSide
from .webhook_answer import WebhookAnswer
from .webhook_answer_pause_reason import WebhookAnswerPauseReason
from .webhook_change import WebhookChange
from .webhook_change_headers import WebhookChangeHeaders
from .webhook_list import WebhookList
from .webhooks_deliveries_state import WebhooksDeliveriesState

__all__ = (
    "AbsenceAnswer",
    "AbsenceList",
    "Address",
    "AddressIn",
    "AttachmentAnswer",
    "AttachmentsUploadFileParams",
    "AttemptAnswer",
    "AttemptAnswerRequestHeaders",
    "AttemptAnswerResponseHeaders",
    "BulkAnswer",
    "BulkFailure",
    "BulkIn",
    "CategoryAnswer",
    "ChangeAnswer",
    "ClosingIn",
    "ContactPointAnswer",
    "ContactPointAnswerKind",
    "Correction",
    "CustomFieldAnswer",
    "DeliveryAnswer",
    "DeliveryAnswerState",
    "DeliveryDetail",
    "DeliveryDetailState",
    "DeliveryList",
    "DepartmentAnswer",
    "DepartmentChange",
    "DepartmentList",
    "DepartmentPermissions",
    "DomainAnswer",
    "EventAnswer",
    "EventAnswerActorKind",
    "EventAnswerChanges",
    "EventAnswerData",
    "EventKindAnswer",
    "EventKinds",
    "EventList",
    "FeedAnswer",
    "FieldError",
    "FoundTicket",
    "FoundTickets",
    "FoundTicketStateCategory",
    "InvitationAnswer",
    "InvitationsPage",
    "KindAnswer",
    "LinkAnswer",
    "LinkIn",
    "LinkInKind",
    "MatrixCell",
    "MeAnswer",
    "MeChange",
    "MeChangeDensity",
    "MeChangeTheme",
    "MeChangeWorkingHours",
    "MemberAnswer",
    "MergeAnswer",
    "MergeIn",
    "MergeInto",
    "MessageAnswer",
    "MessageAnswerDeliveryState",
    "MessageAnswerDirection",
    "MessageAnswerKind",
    "MessageList",
    "MessagesListOrder",
    "MyMessage",
    "MyMessageDirection",
    "MyMessageIn",
    "MyMessageList",
    "MyMessageMade",
    "MyTicket",
    "MyTicketIn",
    "MyTicketInCustom",
    "MyTicketList",
    "MyTicketRow",
    "MyTicketRowStateCategory",
    "MyTicketsListState",
    "MyTicketsListWhose",
    "MyTicketStateCategory",
    "Named",
    "NewAbsence",
    "NewContactPoint",
    "NewContactPointKind",
    "NewDepartment",
    "NewDomain",
    "NewOrganisation",
    "NewOrganisationKind",
    "NewParticipant",
    "NewParticipantRole",
    "NewPerson",
    "NewPlace",
    "NewRequester",
    "NewRole",
    "NewTeam",
    "NewWebhook",
    "NewWebhookHeaders",
    "NextStateAnswer",
    "NextStateAnswerCategory",
    "NoteIn",
    "OrganisationAnswer",
    "OrganisationAnswerKind",
    "OrganisationChange",
    "OrganisationChangeKind",
    "OrganisationsListKind",
    "OrganisationsPage",
    "ParticipantAnswer",
    "ParticipantAnswerRole",
    "ParticipantIn",
    "ParticipantInRole",
    "PeopleListKind",
    "PeoplePage",
    "PermissionAnswer",
    "PermissionList",
    "PersonAnswer",
    "PersonChange",
    "PriorityAnswer",
    "Problem",
    "Reference",
    "ReferralAnswer",
    "ReferralIn",
    "ReplyIn",
    "RoleAnswer",
    "RoleChange",
    "RoleGiven",
    "RoleHeld",
    "RoleList",
    "SearchMatch",
    "SearchMatchPlace",
    "SettingAnswer",
    "SettingAnswerTakes",
    "SettingChange",
    "SettingList",
    "SplitIn",
    "StateAnswer",
    "StateAnswerCategory",
    "StateChange",
    "TagAnswer",
    "TagList",
    "TeamAnswer",
    "TeamChange",
    "TeamList",
    "TeamMembers",
    "TextPart",
    "TicketAnswer",
    "TicketAnswerCustom",
    "TicketAnswerStateCategory",
    "TicketChange",
    "TicketChangeCustom",
    "TicketChangeImpact",
    "TicketChangeUrgency",
    "TicketDetail",
    "TicketDetailCustom",
    "TicketDetailStateCategory",
    "TicketIn",
    "TicketInCustom",
    "TicketInDirection",
    "TicketInImpact",
    "TicketInUrgency",
    "TicketLinkAnswer",
    "TicketLinkAnswerStateCategory",
    "TicketList",
    "TicketPerson",
    "TicketRow",
    "TicketRowStateCategory",
    "TicketsListSort",
    "TicketsListStatusItemType0",
    "TicketsListView",
    "TimelineAnswer",
    "TimelineEntryAnswer",
    "TokenAnswer",
    "TokenList",
    "TransferAnswer",
    "TransferIn",
    "TransitionAnswer",
    "VocabularyAnswer",
    "WaitingReasonAnswer",
    "WaitingReasonAnswerSide",
    "WebhookAnswer",
    "WebhookAnswerPauseReason",
    "WebhookChange",
    "WebhookChangeHeaders",
    "WebhookList",
    "WebhooksDeliveriesState",
)
